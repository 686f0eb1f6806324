package waybill.server.realtime;

import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.Relay;
import waybill.order.Sight;

/// Tells all who speak a dialect what has happened: what is in memory first, then who belongs into which room, and then
/// everybody, once for each dialect that anybody speaks just now.
final class LiveNews implements Relay.World {

    private final LiveServices services;
    private final Audiences audiences;
    private final Positions positions;
    private final Replays replays;
    private final ThreadHealth health;
    private final NewOrders newOrders;
    private final Requests requests;
    private final Deadlines deadlines;

    LiveNews(
            LiveServices services,
            Audiences audiences,
            Positions positions,
            Replays replays,
            ThreadHealth health,
            NewOrders newOrders,
            Requests requests,
            Deadlines deadlines) {
        this.services = services;
        this.audiences = audiences;
        this.positions = positions;
        this.replays = replays;
        this.health = health;
        this.newOrders = newOrders;
        this.requests = requests;
        this.deadlines = deadlines;
    }

    @Override
    public void idle() {
        replays.betweenEvents();
    }

    @Override
    public void tell(LogEntry entry) {
        replays.betweenEvents();
        replays.checkpoints().telling(entry.position());
        var order = entry.orderOrNone();
        if (order != null) {
            before(entry, order);
            if (entry.event() instanceof OrderEvent.Placed) {
                Worlds.guarded(entry, health, () -> newOrders.placed(entry, order));
            }
        }
        for (var audience : audiences.all()) {
            if (audience.isPresent()) {
                Worlds.guarded(entry, health, () -> tell(audience, entry, order));
            }
        }
        if (order != null) {
            after(entry, order);
        }
        if (entry.event() instanceof HubEvent.DriverStatusChanged(var driver, var status, var _)) {
            Worlds.guarded(entry, health, () -> requests.status(driver, status));
        }
    }

    private void tell(Audience audience, LogEntry entry, @Nullable Order order) {
        var reached = new HashSet<String>();
        for (var said : audience.dialect().tell(entry)) {
            if (!said.wantsReceipt()) {
                audience.say(said);
                reached.addAll(said.rooms());
            } else if (order == null || !NewOrders.isMeant(audience.dialect(), said, order)) {
                requests.ask(audience, entry, said);
            }
        }
        if (!reached.isEmpty()) {
            audience.forEach(reached, client -> replays.checkpoints().sent(client, entry.position()));
        }
    }

    private void before(LogEntry entry, Order order) {
        var before = services.active().apply(order);
        if (before.filter(known -> known.version() >= order.version()).isPresent()) {
            return; // told again after a crash: the rooms are those of how the order stands by now
        }
        deadlines.note(order);
        if (entry.event() instanceof OrderEvent.Placed) {
            order.details().customer().ifPresent(customer -> show(new UserId(Role.CUSTOMER, customer), order));
            services.clients().ofStore(order.store()).forEach(client -> show(client, order));
        }
        var driver = ActiveOrders.driver(order);
        var driverBefore = before.flatMap(ActiveOrders::driver);
        var wasOpen = before.filter(was -> Sight.isOpen(was.state())).isPresent() && driver.equals(driverBefore);
        if (Sight.isOpen(order.state()) && !wasOpen) {
            positions.seenSince(order.id(), entry.receivedAt());
        }
        if (!driver.equals(driverBefore)) {
            driverBefore.ifPresent(former -> services.clients()
                    .ofUser(new UserId(Role.DRIVER, former))
                    .forEach(client -> client.socket.leave(client.dialect.orderRoom(order.id()))));
            driver.ifPresent(one -> show(new UserId(Role.DRIVER, one), order));
        }
    }

    private void show(UserId user, Order order) {
        services.clients().ofUser(user).forEach(client -> show(client, order));
    }

    /// A socket that is in as many rooms as it may be hears of the order through its own rooms alone.
    private static void show(Client client, Order order) {
        if (client.isLive() && client.audience.joinsOwnOrders()) {
            client.socket.join(client.dialect.orderRoom(order.id()));
        }
    }

    private void after(LogEntry entry, Order order) {
        if (entry.event() instanceof OrderEvent.Moved && !order.state().awaitsAcceptance()) {
            newOrders.moved(order);
        }
        if (!order.state().isActive()) {
            positions.forget(order.id());
            audiences
                    .all()
                    .forEach(audience -> audience.empty(audience.dialect().orderRoom(order.id())));
        }
    }
}
