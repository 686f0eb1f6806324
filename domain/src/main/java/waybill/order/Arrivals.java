package waybill.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far the driver of an order has come at each of its stops.
///
/// Another driver starts anew at the stops that are still ahead: both before the pickup, the dropoff alone after it.
/// The
/// arrival at a pickup that has taken place stays that of the driver that picked the order up.
public record Arrivals(Arrival pickup, Arrival dropoff) {

    public static final Arrivals NONE = new Arrivals(Arrival.NONE, Arrival.NONE);

    /// An arrival at one stop.
    ///
    /// @param isAnnounced whether [OrderEvent.DriverArriving] has happened, or need not happen any more
    /// @param atOrNone when the driver arrived, in whole milliseconds; null before
    public record Arrival(boolean isAnnounced, @Nullable Instant atOrNone) {

        public static final Arrival NONE = new Arrival(false, null);
        public static final Arrival ANNOUNCED = new Arrival(true, null);

        public static Arrival at(Instant time) {
            return new Arrival(true, time.truncatedTo(ChronoUnit.MILLIS));
        }

        public Optional<Instant> at() {
            return Optional.ofNullable(atOrNone);
        }
    }

    public Arrival of(Stop stop) {
        return switch (stop) {
            case PICKUP -> pickup;
            case DROPOFF -> dropoff;
        };
    }

    Arrivals with(Stop stop, Arrival arrival) {
        return switch (stop) {
            case PICKUP -> new Arrivals(arrival, dropoff);
            case DROPOFF -> new Arrivals(pickup, arrival);
        };
    }

    /// Those of another driver, which the order in this state is assigned to.
    Arrivals ofNextDriver(OrderState state) {
        return switch (Stop.ahead(state).orElse(Stop.PICKUP)) {
            case PICKUP -> NONE;
            case DROPOFF -> new Arrivals(pickup, Arrival.NONE);
        };
    }
}
