package waybill.server.live;

import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.position.PositionPipeline;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.CompositeListener;
import waybill.hub.relay.Relay;
import waybill.hub.schedule.ThreadHealth;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.Stop;
import waybill.tracking.DriverAssignment;
import waybill.tracking.PositionVisibility;

/// Publishes events of the log: updates the projections first, then the rooms of the sockets, and then emits once
/// for each dialect with connected sockets.
public final class EventBroadcaster implements Relay.EventListener {

    private final ActiveOrders activeOrders;
    private final ClientRegistry clients;
    private final DialectChannels channels;
    private final PositionPipeline positions;
    private final EventReplays replays;
    private final ThreadHealth health;
    private final OrderConfirmations orderConfirmations;
    private final DeliveryRequests deliveryRequests;

    public EventBroadcaster(
            ActiveOrders activeOrders,
            ClientRegistry clients,
            DialectChannels channels,
            PositionPipeline positions,
            EventReplays replays,
            ThreadHealth health,
            OrderConfirmations orderConfirmations,
            DeliveryRequests deliveryRequests) {
        this.activeOrders = activeOrders;
        this.clients = clients;
        this.channels = channels;
        this.positions = positions;
        this.replays = replays;
        this.health = health;
        this.orderConfirmations = orderConfirmations;
        this.deliveryRequests = deliveryRequests;
    }

    @Override
    public void onIdle() {
        replays.betweenEvents();
    }

    @Override
    public void onEvent(LogEntry entry) {
        replays.betweenEvents();
        replays.checkpoints().setLastBroadcast(entry.sequence());
        var order = entry.orderOrNone();
        if (order != null) {
            beforeBroadcast(entry, order);
            if (entry.event() instanceof OrderEvent.Placed) {
                CompositeListener.runGuarded(entry, health, () -> orderConfirmations.onPlaced(entry, order));
            }
        }
        for (var channel : channels.all()) {
            if (channel.hasSubscribers()) {
                CompositeListener.runGuarded(entry, health, () -> onEvent(channel, entry, order));
            }
        }
        if (order != null) {
            afterBroadcast(entry, order);
        }
        if (entry.event() instanceof NodeEvent.EventConfirmed(var store, var sequence)) {
            orderConfirmations.onConfirmed(store, sequence);
        }
        if (entry.event() instanceof HubEvent.DriverStatusChanged(var driver, var status, var _, var _)) {
            CompositeListener.runGuarded(entry, health, () -> deliveryRequests.onDriverStatus(driver, status));
        }
    }

    private void onEvent(DialectChannel channel, LogEntry entry, @Nullable Order order) {
        var reached = new HashSet<String>();
        for (var outgoing : channel.dialect().render(entry)) {
            if (!outgoing.requiresAck()) {
                channel.broadcast(outgoing);
                reached.addAll(outgoing.rooms());
            } else if (order == null || !OrderConfirmations.handles(channel.dialect(), outgoing, order)) {
                deliveryRequests.request(channel, entry, outgoing);
            }
        }
        if (!reached.isEmpty()) {
            channel.forEach(reached, client -> replays.checkpoints().sent(client, entry.sequence()));
        }
    }

    private void beforeBroadcast(LogEntry entry, Order order) {
        startStop(entry, order);
        var before = activeOrders.apply(order);
        if (before.filter(known -> known.lastSequence() >= order.lastSequence()).isPresent()) {
            return; // repeated after a crash: the rooms are those of the order's current state
        }
        positions.prepareOrder(order);
        if (entry.event() instanceof OrderEvent.Placed) {
            order.details().customer().ifPresent(customer -> joinOrderRoom(new UserId(Role.CUSTOMER, customer), order));
            clients.ofStore(order.store()).forEach(client -> joinOrderRoom(client, order));
        }
        var driver = ActiveOrders.driver(order);
        var driverBefore = before.flatMap(ActiveOrders::driver);
        var wasOpen =
                before.filter(was -> PositionVisibility.isVisible(was.state())).isPresent()
                        && driver.equals(driverBefore);
        if (PositionVisibility.isVisible(order.state()) && !wasOpen) {
            positions.setVisibleSince(order.id(), entry.receivedAt());
        }
        if (!driver.equals(driverBefore)) {
            driverBefore.ifPresent(former -> {
                positions.removeFromDriver(order, former);
                clients.ofUser(new UserId(Role.DRIVER, former))
                        .forEach(client -> client.socket.leave(client.dialect.orderRoom(order.id())));
            });
            driver.ifPresent(one -> joinOrderRoom(new UserId(Role.DRIVER, one), order));
        }
    }

    /// Before the order is known to have a new stop or driver: fixes from before are not of that stop.
    private void startStop(LogEntry entry, Order order) {
        var driver = ActiveOrders.driver(order);
        var stop = Stop.ahead(order.state());
        var before = activeOrders.byId(order.id());
        var isSame = driver.equals(before.flatMap(ActiveOrders::driver))
                && stop.equals(before.flatMap(was -> Stop.ahead(was.state())));
        var isOld =
                before.filter(was -> was.lastSequence() >= order.lastSequence()).isPresent();
        if (driver.isPresent() && stop.isPresent() && !isSame && !isOld) {
            positions.startStop(order.id(), DriverAssignment.startMs(entry, driver.get()));
        }
    }

    private void joinOrderRoom(UserId user, Order order) {
        clients.ofUser(user).forEach(client -> joinOrderRoom(client, order));
    }

    /// A socket at its limit of rooms receives the order's events through the rooms of its user only.
    private static void joinOrderRoom(ClientSession client, Order order) {
        if (client.isLive() && client.channel.joinsOwnOrders()) {
            client.socket.join(client.dialect.orderRoom(order.id()));
        }
    }

    private void afterBroadcast(LogEntry entry, Order order) {
        if (entry.event() instanceof OrderEvent.StateChanged && !order.state().awaitsAcceptance()) {
            orderConfirmations.onStateChanged(order);
        }
        if (entry.event() instanceof OrderEvent.TimesSet) {
            positions.refreshEta(activeOrders.byId(order.id()).orElse(order));
        }
        if (!order.state().isActive()) {
            positions.removeOrder(order);
            channels.all()
                    .forEach(channel -> channel.clearRoom(channel.dialect().orderRoom(order.id())));
        }
    }
}
