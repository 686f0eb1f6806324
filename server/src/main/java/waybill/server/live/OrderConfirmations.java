package waybill.server.live;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.PendingConfirmations;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.RoomMessage;

/// Guarantees that a store receives its new orders: sends each to the store's sockets, and sends it again until one
/// of them confirms it or the order has another status. The state of each confirmation is in the store's database.
///
/// Only stores with a connected socket are in memory; for one that reconnects, the unconfirmed orders are read. A
/// monitor; reads run on the blocking executor.
public final class OrderConfirmations {

    /// Orders that are sent repeatedly to one store. Those beyond it wait until others are confirmed.
    static final int PER_STORE_MAX = 1_000;

    /// The characters of these orders together. Those beyond it wait too.
    static final long PER_STORE_CHARACTERS_MAX = 8L * 1024 * 1024;

    /// The timeout of an ack. The event is sent again long before, and its ack may answer the newer one.
    private static final Duration ACK_TIMEOUT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(OrderConfirmations.class);

    private final PendingConfirmations pending;
    private final ActiveOrders activeOrders;
    private final ClientRegistry clients;
    private final AckRequests ackRequests;
    private final ClientCheckpoints checkpoints;
    private final Executor blockingExecutor;
    private final Duration retryAfter;
    private final InstantSource clock;
    private final Map<String, Map<Long, Unconfirmed>> byStore = new HashMap<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    /// Sent, and to be sent again from `dueMs` on.
    private record Unconfirmed(LogEntry entry, long characters, long dueMs) {}

    /// A socket of a store, and the last event that was published when it connected.
    private record Arrival(ClientSession client, long upTo) {}

    /// @param retryAfter the time after which a placement is sent again
    public OrderConfirmations(
            PendingConfirmations pending,
            ActiveOrders activeOrders,
            ClientRegistry clients,
            AckRequests ackRequests,
            ClientCheckpoints checkpoints,
            Executor blockingExecutor,
            Duration retryAfter,
            InstantSource clock) {
        this.pending = pending;
        this.activeOrders = activeOrders;
        this.clients = clients;
        this.ackRequests = ackRequests;
        this.checkpoints = checkpoints;
        this.blockingExecutor = blockingExecutor;
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    /// Whether the event is sent here, rather than broadcast.
    static boolean handles(Dialect dialect, RoomMessage outgoing, Order order) {
        return outgoing.requiresAck() && outgoing.reaches(dialect.rooms(merchantOf(order.store())));
    }

    private static Principal merchantOf(String store) {
        return new Principal(store, Role.MERCHANT, null, null, store);
    }

    /// A socket of a store has connected.
    void onSession(ClientSession client, Principal principal) {
        if (principal.role() == Role.MERCHANT) {
            arrivals.add(new Arrival(client, checkpoints.lastBroadcast()));
        }
    }

    /// A socket of a store has disconnected.
    synchronized void onSessionEnd(Principal principal) {
        principal
                .store()
                .filter(store -> clients.ofStore(store).findAny().isEmpty())
                .ifPresent(byStore::remove);
    }

    void onPlaced(LogEntry entry, Order order) {
        if (clients.ofStore(order.store()).findAny().isPresent() && addUnconfirmed(entry, order)) {
            requestConfirmation(entry, order, clients.ofStore(order.store()));
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
        return unconfirmed.putIfAbsent(entry.sequence(), new Unconfirmed(withoutDocument(entry, order), size, nextMs()))
                == null;
    }

    /// Without the sender's document, which no dialect here renders.
    private static LogEntry withoutDocument(LogEntry entry, Order order) {
        return entry.withOrder(order.withoutDocument());
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
        return clock.millis() + retryAfter.toMillis();
    }

    /// The order has another status, so its creation needs no confirmation any more.
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

    /// Runs often; sends what is due, and reads the unconfirmed orders of stores that have connected.
    public void runDue() {
        for (var entry : due()) {
            entry.order().ifPresent(order -> requestConfirmation(entry, order, clients.ofStore(order.store())));
        }
        for (var arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            var coming = arrival;
            try {
                blockingExecutor.execute(() -> requestAgain(coming));
            } catch (RejectedExecutionException _) {
                arrivals.add(coming); // tried again by the next run
                return;
            }
        }
    }

    /// The number of orders that were sent and are not confirmed.
    public synchronized int unconfirmed() {
        return byStore.values().stream().mapToInt(Map::size).sum();
    }

    private synchronized List<LogEntry> due() {
        var nowMs = clock.millis();
        var due = new ArrayList<LogEntry>();
        byStore.keySet().removeIf(store -> clients.ofStore(store).findAny().isEmpty());
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

    /// The order may have changed between the read and its addition here.
    private boolean isStillOpen(LogEntry entry) {
        return entry.order()
                .flatMap(order -> activeOrders
                        .byId(order.id())
                        .filter(now ->
                                now.state() == order.state() || now.state().awaitsAcceptance()))
                .isPresent();
    }

    private void requestAgain(Arrival arrival) {
        var store = arrival.client.principal().flatMap(Principal::store);
        try {
            store.ifPresent(known ->
                    pending.forEach(known, arrival.upTo, PER_STORE_MAX, entry -> requestAgain(arrival.client, entry)));
        } catch (RuntimeException e) {
            LOG.warn("the unconfirmed orders of {} could not be read; they are read again", store, e);
            arrivals.add(arrival);
        }
    }

    private void requestAgain(ClientSession client, LogEntry entry) {
        entry.order().ifPresent(order -> {
            addUnconfirmed(entry, order);
            requestConfirmation(entry, order, Stream.of(client));
        });
    }

    private void requestConfirmation(LogEntry entry, Order order, Stream<ClientSession> receivers) {
        var requested = new boolean[1];
        receivers
                .filter(ClientSession::isLive)
                .forEach(client -> client.principal().ifPresent(principal -> {
                    for (var outgoing : client.dialect.render(entry)) {
                        if (handles(client.dialect, outgoing, order)) {
                            requested[0] = true;
                            ackRequests.request(
                                    client, principal, entry, outgoing, ACK_TIMEOUT, _ -> confirm(entry, order));
                        }
                    }
                }));
        if (requested[0]) {
            pending.recordAttempt(order.store(), entry.sequence());
        }
    }

    private void confirm(LogEntry entry, Order order) {
        onConfirmed(order.store(), entry.sequence());
        pending.confirm(order.store(), entry.sequence());
    }

    /// A socket of the store has confirmed the order, on this node or on another.
    synchronized void onConfirmed(String store, long sequence) {
        var unconfirmed = byStore.get(store);
        if (unconfirmed != null) {
            unconfirmed.remove(sequence);
        }
    }
}
