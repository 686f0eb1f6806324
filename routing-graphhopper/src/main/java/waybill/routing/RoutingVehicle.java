package waybill.routing;

import java.util.Locale;
import waybill.directory.Vehicle;

/// What the drivers of a hub deliver with: it decides which roads they take and how fast. Each has a model that comes
/// with
/// GraphHopper.
public enum RoutingVehicle {
    CAR("car_access, car_average_speed, road_access"),
    BIKE("bike_access, bike_average_speed, bike_priority, bike_road_access, foot_road_access, roundabout, mtb_rating,"
            + " hike_rating, country, road_class"),
    FOOT("foot_access, foot_average_speed, foot_priority, foot_road_access, mtb_rating, hike_rating, country,"
            + " road_class");

    private final String encodedValues;

    RoutingVehicle(String encodedValues) {
        this.encodedValues = encodedValues;
    }

    /// The nearest of these to what drivers deliver with.
    public static RoutingVehicle of(Vehicle vehicle) {
        return switch (vehicle) {
            case FOOT -> FOOT;
            case BICYCLE -> BIKE;
            case MOTORCYCLE, CAR, VAN -> CAR;
        };
    }

    /// The name of its profile and of its model.
    String profile() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What its model reads of a road, in GraphHopper's names.
    String encodedValues() {
        return encodedValues;
    }
}
