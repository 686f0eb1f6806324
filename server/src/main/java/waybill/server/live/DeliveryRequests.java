package waybill.server.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Directory;
import waybill.directory.DriverStatus;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.server.dialect.RoomMessage;

/// Offers orders that are ready to the drivers. Nothing of it is stored: a driver that connects or reconnects is
/// sent the open offers.
public final class DeliveryRequests {

    /// Offers that a driver is sent on connecting.
    static final int REPEATED_MAX = 100;

    private static final int PAGE_MAX = 1_000;

    private final ActiveOrders activeOrders;
    private final ClientRegistry clients;

    /// Drivers with the status `offline`.
    private final Set<String> offline = ConcurrentHashMap.newKeySet();
    private final AckRequests ackRequests;

    /// Reads which drivers are offline. Blocks.
    public DeliveryRequests(
            Directory directory, ActiveOrders activeOrders, ClientRegistry clients, AckRequests ackRequests) {
        this.activeOrders = activeOrders;
        this.clients = clients;
        this.ackRequests = ackRequests;
        for (var page = directory.listDrivers("", PAGE_MAX);
                !page.isEmpty();
                page = directory.listDrivers(page.getLast().driver(), PAGE_MAX)) {
            page.stream()
                    .filter(driver -> driver.status() == DriverStatus.OFFLINE)
                    .forEach(driver -> offline.add(driver.driver()));
        }
    }

    /// Sends the offer to all drivers of that dialect.
    void request(DialectChannel channel, LogEntry entry, RoomMessage outgoing) {
        clients.drivers()
                .filter(client -> client.channel == channel && client.isLive())
                .filter(client -> client.principal()
                        .filter(driver -> !offline.contains(driver.id()))
                        .isPresent())
                .forEach(client -> client.principal().ifPresent(driver -> request(client, driver, entry, outgoing)));
    }

    private void request(ClientSession client, Principal driver, LogEntry entry, RoomMessage outgoing) {
        if (outgoing.reaches(client.dialect.rooms(driver))) {
            ackRequests.request(client, driver, entry, outgoing, AckRequests.ACK_TIMEOUT, _ -> {});
        }
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
        for (var order : activeOrders.waitingForDriver(REPEATED_MAX)) {
            var entry = readyEvent(order);
            for (var outgoing : client.dialect.render(entry)) {
                if (outgoing.requiresAck()) {
                    request(client, principal, entry, outgoing);
                }
            }
        }
    }

    private static LogEntry readyEvent(Order order) {
        return new LogEntry(
                order.lastSequence(),
                order,
                OrderState.PREPARING,
                new OrderEvent.StateChanged(OrderState.READY_FOR_PICKUP, "", OrderEvent.NO_DOCUMENT),
                Actor.HUB,
                order.placedAt(),
                order.placedAt());
    }
}
