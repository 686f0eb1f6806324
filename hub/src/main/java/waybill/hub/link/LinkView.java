package waybill.hub.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionUpdate;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.tracking.Eta;

/// What a public link shows of an order. It has no text of an address, no contact, no name of the customer and no id of
/// the driver: the link may be in the hands of a stranger.
///
/// @param steps the states that the order went through, oldest first
/// @param lastSequence the newest event that it includes
/// @param endedAtOrNone when the order ended
/// @param driverOrNone the first name of the driver, from the pickup until the order ends
/// @param stopsBeforeOrNone how many other customers the driver goes to first, while the order is in its hands
/// @param destinationOrNone where the order is delivered, while it is the next stop of its driver
public record LinkView(
        OrderId order,
        String orderNumber,
        String storeName,
        OrderState state,
        List<Step> steps,
        long lastSequence,
        @Nullable Instant endedAtOrNone,
        @Nullable String driverOrNone,
        @Nullable Integer stopsBeforeOrNone,
        @Nullable Position destinationOrNone,
        @Nullable LinkEta etaOrNone,
        @Nullable LinkPosition positionOrNone) {

    /// A state, and when the order got it.
    public record Step(OrderState state, Instant at) {}

    /// When the order is expected; probably between `low` and `high` minutes from now.
    public record LinkEta(int minutes, int low, int high, Instant estimatedDeliveryTime) {

        public static LinkEta of(EtaUpdate update) {
            return new LinkEta(update.minutes(), update.low(), update.high(), update.estimatedDeliveryTime());
        }

        static LinkEta of(Eta eta) {
            return new LinkEta(
                    eta.minutes(),
                    eta.minMinutes(),
                    eta.maxMinutes(),
                    Instant.ofEpochMilli(eta.estimatedDeliveryTimeMs()));
        }
    }

    /// Where the driver is.
    ///
    /// @param isExact false if it is rounded to about a kilometre
    public record LinkPosition(Position position, boolean isExact, Instant recordedAt) {

        /// A position as it is published to the viewers of the order's customer.
        public static LinkPosition of(PositionUpdate update) {
            return new LinkPosition(
                    update.position(), update.viewers() == PositionUpdate.Viewers.ALL, update.recordedAt());
        }
    }

    public LinkView {
        steps = List.copyOf(steps);
    }

    public boolean isEnded() {
        return endedAtOrNone != null;
    }

    public LinkView withEta(@Nullable LinkEta eta) {
        return new LinkView(
                order,
                orderNumber,
                storeName,
                state,
                steps,
                lastSequence,
                endedAtOrNone,
                driverOrNone,
                stopsBeforeOrNone,
                destinationOrNone,
                eta,
                positionOrNone);
    }

    public LinkView withPosition(@Nullable LinkPosition position) {
        return new LinkView(
                order,
                orderNumber,
                storeName,
                state,
                steps,
                lastSequence,
                endedAtOrNone,
                driverOrNone,
                stopsBeforeOrNone,
                destinationOrNone,
                etaOrNone,
                position);
    }
}
