package waybill.cli.traffic;

import java.util.Optional;
import java.util.Set;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import waybill.cli.city.MapProjection;
import waybill.cli.city.Point;
import waybill.geo.Position;

/// An order that a driver delivers.
record Job(String order, Point pickup, Point dropoff, String status) {

    /// Farther away from its centre is no street of the city.
    private static final double CITY_RADIUS = 4_000;

    private static final Set<String> READY = Set.of("ready_for_pickup", "assigned_to_driver");
    private static final Set<String> PICKED_UP = Set.of("picked_up", "in_transit");
    private static final Set<String> BEFORE_READY = Set.of("accepted", "preparing");

    /// Empty if the order is no driver's work, or not of the city.
    static Optional<Job> of(JSONObject order, MapProjection projection) {
        var pickup = place(order.optJSONObject("pickupAddress"), projection);
        var dropoff = place(order.optJSONObject("deliveryAddress"), projection);
        var status = order.optString("status");
        return isOpen(status)
                ? pickup.flatMap(from -> dropoff.map(to -> new Job(order.getString("orderId"), from, to, status)))
                : Optional.empty();
    }

    static boolean isOpen(String status) {
        return READY.contains(status) || PICKED_UP.contains(status) || BEFORE_READY.contains(status);
    }

    /// A place of the city in the JSON of an address or of a stop.
    static Optional<Point> place(@Nullable JSONObject place, MapProjection projection) {
        if (place == null) {
            return Optional.empty();
        }
        var latitude = place.optDouble("latitude", place.optDouble("lat"));
        var longitude = place.optDouble("longitude", place.optDouble("lng"));
        if (Double.isNaN(latitude) || Double.isNaN(longitude)) {
            return Optional.empty();
        }
        var point = projection.point(new Position(latitude, longitude));
        return Optional.of(point).filter(one -> one.distanceTo(new Point(0, 0)) < CITY_RADIUS);
    }

    Job withStatus(String value) {
        return new Job(order, pickup, dropoff, value);
    }

    boolean isReady() {
        return READY.contains(status);
    }

    boolean isPickedUp() {
        return PICKED_UP.contains(status);
    }

    /// Where the driver goes next for it.
    Point stop() {
        return isPickedUp() ? dropoff : pickup;
    }
}
