package waybill.server.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.messaging.Confirmation;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.RoomMessage;

/// Sees to it that a store knows of its new orders: says each to the store's sockets, and says it again until one of
/// them confirms it or it does not matter any more. How far that is stands in the books.
///
/// In memory are only the stores that have a socket; of one that comes back, what it has not confirmed is read. A
/// monitor; reading happens on the readers.
final class OrderConfirmations {

    /// Orders that are said again and again to one store. What is beyond that waits until others are confirmed.
    static final int PER_STORE_MAX = 1_000;

    /// How large they may be together, in characters. What is beyond that waits too.
    static final long PER_STORE_CHARACTERS_MAX = 8L * 1024 * 1024;

    /// How long an answer is waited for. A store is asked again long before, and may answer the newer question.
    private static final Duration ACK_TIMEOUT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(OrderConfirmations.class);

    private final LiveServices services;
    private final AckRequests ackRequests;
    private final ClientCheckpoints checkpoints;
    private final Map<String, Map<Long, Unconfirmed>> byStore = new HashMap<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    /// Said, and to be said again from `dueMs` on.
    private record Unconfirmed(LogEntry entry, long characters, long dueMs) {}

    /// Somebody who speaks for a store, and up to where everybody else had been told by then.
    private record Arrival(ClientSession client, long upTo) {}

    OrderConfirmations(LiveServices services, AckRequests ackRequests, ClientCheckpoints checkpoints) {
        this.services = services;
        this.ackRequests = ackRequests;
        this.checkpoints = checkpoints;
    }

    /// Whether something is said here, rather than to everybody at once.
    static boolean handles(Dialect dialect, RoomMessage outgoing, Order order) {
        return outgoing.requiresAck() && outgoing.reaches(dialect.rooms(merchantOf(order.store())));
    }

    private static Principal merchantOf(String store) {
        return new Principal(store, Role.MERCHANT, null, null, store);
    }

    /// Somebody speaks for a store from now on.
    void onSession(ClientSession client, Principal principal) {
        if (principal.role() == Role.MERCHANT) {
            arrivals.add(new Arrival(client, checkpoints.lastBroadcast()));
        }
    }

    /// A socket of somebody is gone.
    synchronized void onSessionEnd(Principal principal) {
        principal
                .store()
                .filter(store -> services.clients().ofStore(store).findAny().isEmpty())
                .ifPresent(byStore::remove);
    }

    void onPlaced(LogEntry entry, Order order) {
        if (services.clients().ofStore(order.store()).findAny().isPresent() && addUnconfirmed(entry, order)) {
            requestConfirmation(entry, order, services.clients().ofStore(order.store()));
        }
    }

    private synchronized boolean addUnconfirmed(LogEntry entry, Order order) {
        var unconfirmed = byStore.computeIfAbsent(order.store(), _ -> new LinkedHashMap<>());
        var characters =
                unconfirmed.values().stream().mapToLong(one -> one.characters).sum();
        var size = characters(order);
        if (unconfirmed.size() >= PER_STORE_MAX || characters + size > PER_STORE_CHARACTERS_MAX) {
            return false;
        }
        return unconfirmed.putIfAbsent(entry.sequence(), new Unconfirmed(withoutPayload(entry), size, nextMs()))
                == null;
    }

    /// Without what was said with it on `/caps`, which no dialect here tells.
    private static LogEntry withoutPayload(LogEntry entry) {
        return entry.event() instanceof OrderEvent.Placed(var as, var _)
                ? new LogEntry(
                        entry.sequence(),
                        entry.orderOrNone(),
                        entry.previousState(),
                        new OrderEvent.Placed(as, OrderEvent.NO_PAYLOAD),
                        entry.actor(),
                        entry.occurredAt(),
                        entry.receivedAt())
                : entry;
    }

    private static long characters(Order order) {
        var details = order.details();
        return (long) details.customerName().length()
                + details.pickup().text().length()
                + details.dropoff().text().length()
                + details.items().stream()
                        .mapToLong(item -> item.product().length() + item.name().length())
                        .sum();
    }

    private long nextMs() {
        return services.clock().millis()
                + services.limits().confirmationRetryAfter().toMillis();
    }

    /// The order has moved on, so nobody need confirm that it is new.
    synchronized void onStateChanged(Order order) {
        var unconfirmed = byStore.get(order.store());
        if (unconfirmed != null) {
            unconfirmed
                    .values()
                    .removeIf(one -> one.entry
                            .order()
                            .filter(known -> known.id().equals(order.id()))
                            .isPresent());
        }
    }

    /// Called often; says what is due, and reads what those who came have not confirmed.
    void runDue() {
        for (var entry : due()) {
            entry.order()
                    .ifPresent(order ->
                            requestConfirmation(entry, order, services.clients().ofStore(order.store())));
        }
        for (var arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            var coming = arrival;
            try {
                services.blockingExecutor().execute(() -> requestAgain(coming));
            } catch (RejectedExecutionException _) {
                arrivals.add(coming); // the next look tries again
                return;
            }
        }
    }

    /// How many have been said and not been confirmed.
    synchronized int unconfirmed() {
        return byStore.values().stream().mapToInt(Map::size).sum();
    }

    private synchronized List<LogEntry> due() {
        var nowMs = services.clock().millis();
        var due = new ArrayList<LogEntry>();
        byStore.keySet()
                .removeIf(store -> services.clients().ofStore(store).findAny().isEmpty());
        for (var unconfirmed : byStore.values()) {
            unconfirmed.values().removeIf(one -> !isStillOpen(one.entry));
            unconfirmed.replaceAll((_, one) -> {
                if (nowMs < one.dueMs) {
                    return one;
                }
                due.add(one.entry);
                return new Unconfirmed(one.entry, one.characters, nextMs());
            });
        }
        return due;
    }

    /// Read a moment ago, an order may have moved on before it was remembered here.
    private boolean isStillOpen(LogEntry entry) {
        return entry.order()
                .flatMap(order -> services.activeOrders()
                        .byId(order.id())
                        .filter(now ->
                                now.state() == order.state() || now.state().awaitsAcceptance()))
                .isPresent();
    }

    private void requestAgain(Arrival arrival) {
        var store = arrival.client.principal().flatMap(Principal::store);
        try {
            for (var state : List.of(Confirmation.State.SENT, Confirmation.State.PENDING)) {
                services.confirmations().search(store, Optional.of(state), 0, PER_STORE_MAX).stream()
                        .filter(receipt -> store.isPresent() && receipt.eventId() <= arrival.upTo)
                        .forEach(receipt -> requestAgain(arrival.client, receipt));
            }
        } catch (RuntimeException e) {
            LOG.warn("what {} have not confirmed could not be read", store, e);
            arrivals.add(arrival);
        }
    }

    private void requestAgain(ClientSession client, Confirmation receipt) {
        for (var entry : services.log().listAfter(receipt.eventId() - 1, 1)) {
            entry.order().ifPresent(order -> {
                addUnconfirmed(entry, order);
                requestConfirmation(entry, order, Stream.of(client));
            });
        }
    }

    private void requestConfirmation(LogEntry entry, Order order, Stream<ClientSession> clients) {
        var asked = new boolean[1];
        clients.filter(ClientSession::isLive)
                .forEach(client -> client.principal().ifPresent(principal -> {
                    for (var outgoing : client.dialect.render(entry)) {
                        if (handles(client.dialect, outgoing, order)) {
                            asked[0] = true;
                            ackRequests.request(
                                    client, principal, entry, outgoing, ACK_TIMEOUT, _ -> onConfirmed(entry, order));
                        }
                    }
                }));
        if (asked[0]) {
            var now = services.clock().instant();
            services.journal().submit(ledger -> {
                ledger.recordConfirmationAttempt(order.store(), entry.sequence(), now);
                return true;
            });
        }
    }

    private void onConfirmed(LogEntry entry, Order order) {
        synchronized (this) {
            var unconfirmed = byStore.get(order.store());
            if (unconfirmed != null) {
                unconfirmed.remove(entry.sequence());
            }
        }
        var now = services.clock().instant();
        services.journal().submit(ledger -> ledger.confirm(order.store(), entry.sequence(), now));
    }
}
