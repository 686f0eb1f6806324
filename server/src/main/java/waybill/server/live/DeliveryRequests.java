package waybill.server.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Directory;
import waybill.directory.DriverStatus;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.server.dialect.RoomMessage;

/// Sends the offers of orders to the drivers that they ask, and sends one again that a socket has not acknowledged.
/// The offers themselves are in the store: a driver that connects or goes on duty is sent those that are open.
///
/// Thread-safe: the relay's thread sends offers, event loops report sessions and acks, the scheduler's thread
/// repeats.
public final class DeliveryRequests {

    /// Offers that a driver is sent on connecting.
    static final int REPEATED_MAX = 100;

    /// How often an offer is sent to one socket, and how long after each other.
    private static final int ATTEMPTS_MAX = 4;

    private static final Duration RETRY = Duration.ofSeconds(10);

    /// Offers that wait for the ack of a socket. Further ones are sent once, and again when their driver reconnects.
    private static final int UNACKNOWLEDGED_MAX = 20_000;

    private static final int PAGE_MAX = 1_000;

    private final ActiveOrders activeOrders;
    private final ClientRegistry clients;

    /// Drivers with the status `offline`.
    private final Set<String> offline = ConcurrentHashMap.newKeySet();
    private final AckRequests ackRequests;
    private final InstantSource clock;
    private final Map<Key, Unacknowledged> unacknowledged = new ConcurrentHashMap<>();

    private record Key(ClientSession client, OrderId order) {}

    /// @param attempts how often it was sent
    /// @param dueMs when it is sent again
    private record Unacknowledged(int round, int attempts, long dueMs) {}

    /// Reads which drivers are offline. Blocks.
    public DeliveryRequests(
            Directory directory,
            ActiveOrders activeOrders,
            ClientRegistry clients,
            AckRequests ackRequests,
            InstantSource clock) {
        this.activeOrders = activeOrders;
        this.clients = clients;
        this.ackRequests = ackRequests;
        this.clock = clock;
        for (var page = directory.listDrivers("", PAGE_MAX);
                !page.isEmpty();
                page = directory.listDrivers(page.getLast().driver(), PAGE_MAX)) {
            page.stream()
                    .filter(driver -> driver.status() == DriverStatus.OFFLINE)
                    .forEach(driver -> offline.add(driver.driver()));
        }
    }

    /// Sends the offer that an event made to its drivers in that dialect.
    void request(DialectChannel channel, LogEntry entry, RoomMessage outgoing) {
        var offer = entry.order().flatMap(order -> order.offers().open());
        offer.ifPresent(open -> sessions(open)
                .filter(client -> client.channel == channel && client.isLive())
                .forEach(client -> client.principal()
                        .filter(driver -> !offline.contains(driver.id()))
                        .ifPresent(driver -> request(client, driver, entry, open, outgoing, 1))));
    }

    private Stream<ClientSession> sessions(Offer offer) {
        return offer.isToAll()
                ? clients.drivers()
                : offer.drivers().stream().flatMap(driver -> clients.ofUser(new UserId(Role.DRIVER, driver)));
    }

    private void request(
            ClientSession client, Principal driver, LogEntry entry, Offer offer, RoomMessage outgoing, int attempt) {
        if (!outgoing.reaches(client.dialect.rooms(driver))) {
            return;
        }
        var order = entry.order().orElseThrow();
        var key = new Key(client, order.id());
        if (attempt < ATTEMPTS_MAX && unacknowledged.size() < UNACKNOWLEDGED_MAX) {
            unacknowledged.put(key, new Unacknowledged(offer.round(), attempt, clock.millis() + RETRY.toMillis()));
        } else {
            unacknowledged.remove(key);
        }
        ackRequests.request(client, driver, entry, outgoing, AckRequests.ACK_TIMEOUT, _ -> unacknowledged.remove(key));
    }

    /// A driver has changed its status. One that is available again is sent the open offers.
    void onDriverStatus(String driver, DriverStatus status) {
        if (status == DriverStatus.OFFLINE) {
            offline.add(driver);
        } else if (offline.remove(driver)) {
            clients.ofUser(new UserId(Role.DRIVER, driver))
                    .filter(ClientSession::isLive)
                    .forEach(client -> client.principal().ifPresent(principal -> onSession(client, principal)));
        }
    }

    void onSession(ClientSession client, Principal principal) {
        if (principal.role() != Role.DRIVER || offline.contains(principal.id())) {
            return;
        }
        for (var order : activeOrders.offeredTo(principal.id(), clock.instant(), REPEATED_MAX)) {
            order.offers().open().ifPresent(offer -> requestAgain(client, principal, order, offer, 1));
        }
    }

    private void requestAgain(ClientSession client, Principal principal, Order order, Offer offer, int attempt) {
        var entry = offered(order, offer, clock.instant());
        for (var outgoing : client.dialect.render(entry)) {
            if (outgoing.requiresAck()) {
                request(client, principal, entry, offer, outgoing, attempt);
            }
        }
    }

    private static LogEntry offered(Order order, Offer offer, Instant now) {
        return new LogEntry(
                order.lastSequence(),
                order,
                order.state(),
                new OrderEvent.Offered(offer),
                Actor.DISPATCH,
                offer.offeredAt(),
                now);
    }

    /// Runs often; sends again what is due.
    public void runDue() {
        for (var key : due()) {
            var sent = unacknowledged.get(key);
            var order = activeOrders.byId(key.order).orElse(null);
            var driver = key.client.principal().orElse(null);
            if (sent == null || order == null || driver == null || !key.client.isLive() || isGone(key.client)) {
                unacknowledged.remove(key);
                continue;
            }
            order.offers()
                    .openFor(driver.id())
                    .filter(offer -> offer.round() == sent.round
                            && !offer.isExpired(clock.instant())
                            && !offline.contains(driver.id()))
                    .ifPresentOrElse(
                            offer -> requestAgain(key.client, driver, order, offer, sent.attempts + 1),
                            () -> unacknowledged.remove(key));
        }
    }

    private static boolean isGone(ClientSession client) {
        return !client.socket.connected();
    }

    private List<Key> due() {
        var nowMs = clock.millis();
        var due = new ArrayList<Key>();
        unacknowledged.forEach((key, sent) -> {
            if (sent.dueMs <= nowMs) {
                due.add(key);
            }
        });
        return due;
    }

    /// Offers that were sent, and that a socket has not acknowledged.
    public int unacknowledged() {
        return unacknowledged.size();
    }
}
