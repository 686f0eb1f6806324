package waybill.dispatch;

import waybill.geo.Position;

/// How long a driver takes from one place to another. A port: from the straight line, or from a routing service.
@FunctionalInterface
public interface TravelTimes {

    /// Milliseconds from `from` to `to`.
    long travelMs(Position from, Position to);
}
