package waybill.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The times that a store or another system has set for an order, and its open delay alert. In whole milliseconds.
///
/// @param readyAtOrNone when the store says that the order is ready
/// @param estimatedDeliveryOrNone the delivery time that was set, which stands in the place of the hub's estimate
/// @param missedPromiseOrNone the promise that the open delay alert is about; null while none is open
public record OrderTimes(
        @Nullable Instant readyAtOrNone,
        @Nullable Instant estimatedDeliveryOrNone,
        @Nullable Instant missedPromiseOrNone) {

    public static final OrderTimes NONE = new OrderTimes(null, null, null);

    public OrderTimes {
        readyAtOrNone = inMs(readyAtOrNone);
        estimatedDeliveryOrNone = inMs(estimatedDeliveryOrNone);
        missedPromiseOrNone = inMs(missedPromiseOrNone);
    }

    static @Nullable Instant inMs(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    public Optional<Instant> readyAt() {
        return Optional.ofNullable(readyAtOrNone);
    }

    public Optional<Instant> estimatedDelivery() {
        return Optional.ofNullable(estimatedDeliveryOrNone);
    }

    public Optional<Instant> missedPromise() {
        return Optional.ofNullable(missedPromiseOrNone);
    }

    OrderTimes with(@Nullable Instant readyAt, @Nullable Instant estimatedDelivery) {
        return new OrderTimes(readyAt, estimatedDelivery, missedPromiseOrNone);
    }

    OrderTimes withMissedPromise(@Nullable Instant promise) {
        return new OrderTimes(readyAtOrNone, estimatedDeliveryOrNone, promise);
    }
}
