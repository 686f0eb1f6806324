package waybill.hub.alert;

import java.time.Instant;
import java.util.List;
import waybill.hub.position.SignalWatch;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;
import waybill.order.SystemAlert;

/// Drivers whose signal is lost, and that have an order. Each node knows the drivers that report to it: an alert stays
/// open until a node sees its driver report, or the driver has no order any more.
public final class LostDrivers implements AlertSource {

    /// Drivers that are looked at.
    private static final int DRIVERS_MAX = 1_000;

    private final ActiveOrders active;
    private final SignalWatch signals;

    public LostDrivers(ActiveOrders active, SignalWatch signals) {
        this.active = active;
        this.signals = signals;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public boolean holds(SystemAlert alert) {
        var driver = alert.subject();
        return !active.ofDriver(driver).isEmpty() && !signals.isSeen(driver);
    }

    @Override
    public List<Condition> conditions(Instant now) {
        return signals.lostDrivers().stream()
                .filter(driver -> !active.ofDriver(driver).isEmpty())
                .limit(DRIVERS_MAX)
                .map(driver -> condition(driver, active.ofDriver(driver)))
                .toList();
    }

    private static Condition condition(String driver, List<Order> orders) {
        var order = orders.isEmpty() ? null : orders.getFirst();
        var message = "the signal of driver " + driver + " is lost"
                + (order == null ? "" : ", with order " + order.number())
                + (orders.size() < 2 ? "" : " and " + (orders.size() - 1) + " more");
        return new Condition(driver, message, order == null ? null : order.id(), driver, true);
    }
}
