package waybill.hub.position;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.geo.Position;
import waybill.hub.position.PositionUpdate.Viewers;
import waybill.order.Order;
import waybill.tracking.Eta;
import waybill.tracking.Fix;
import waybill.tracking.PositionVisibility;

/// What viewers of an order see of a position of its driver.
public final class PositionUpdates {

    private final Precision precision;

    public PositionUpdates(Precision precision) {
        this.precision = precision;
    }

    /// The payloads of a position: one for all viewers, or another one for customer and store.
    public List<PositionUpdate> forAll(Fix fix, Order order, boolean isNextStop, long nowMs) {
        if (!PositionVisibility.isVisible(order.state())) {
            return List.of(exact(fix, order, Viewers.STAFF, nowMs));
        }
        return switch (precision.of(isNextStop)) {
            case EXACT -> List.of(exact(fix, order, Viewers.ALL, nowMs));
            case ROUNDED -> List.of(exact(fix, order, Viewers.STAFF, nowMs), rounded(fix, order, nowMs));
            case HIDDEN -> List.of(exact(fix, order, Viewers.STAFF, nowMs));
        };
    }

    /// The payload for one viewer, null for none.
    @Nullable
    PositionUpdate forOneOrNone(Principal viewer, Fix fix, Order order, long nowMs) {
        var seen = PositionVisibility.seesAllPositions(viewer.role())
                ? PositionVisibility.Precision.EXACT
                : precision.of(order);
        return switch (seen) {
            case EXACT -> exact(fix, order, Viewers.ALL, nowMs);
            case ROUNDED -> rounded(fix, order, nowMs);
            case HIDDEN -> null;
        };
    }

    /// Without speed and heading, from which the route could be derived.
    private static PositionUpdate rounded(Fix fix, Order order, long nowMs) {
        return position(
                fix,
                order,
                Viewers.PARTIES,
                fix.position().rounded(),
                PositionReport.UNKNOWN,
                PositionReport.UNKNOWN,
                nowMs);
    }

    private static PositionUpdate exact(Fix fix, Order order, Viewers viewers, long nowMs) {
        return position(fix, order, viewers, fix.position(), fix.heading(), fix.speed(), nowMs);
    }

    private static PositionUpdate position(
            Fix fix, Order order, Viewers viewers, Position at, double heading, double speed, long nowMs) {
        return new PositionUpdate(
                order.id(),
                order.details().customerOrNone(),
                order.store(),
                viewers,
                fix.driver(),
                at,
                heading,
                speed,
                Instant.ofEpochMilli(fix.recordedAtMs()),
                Math.max(0, nowMs - fix.recordedAtMs()));
    }

    static EtaUpdate eta(Eta eta, Order order) {
        return new EtaUpdate(
                order.id(),
                order.details().customerOrNone(),
                eta.minutes(),
                eta.minMinutes(),
                eta.maxMinutes(),
                Instant.ofEpochMilli(eta.estimatedDeliveryTimeMs()),
                eta.source());
    }
}
