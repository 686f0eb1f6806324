package waybill.cli.osm;

import waybill.cli.city.CityMap.Surface;
import waybill.cli.city.RoadClass;

/// What an element of OpenStreetMap is on the map of a city.
sealed interface Feature {

    /// A street that drivers take.
    ///
    /// @param hasDoors not on a bridge or in a tunnel
    record Street(RoadClass roadClass, Direction direction, boolean hasDoors) implements Feature {}

    /// A way that no driver takes.
    record Path() implements Feature {}

    /// A river or a canal, as a line.
    record Stream() implements Feature {}

    record Ground(Surface surface) implements Feature {}

    /// In which direction of its points a street is driven.
    enum Direction {
        BOTH,
        FORWARD,
        BACKWARD
    }
}
