package waybill.cli.city;

import java.util.List;
import java.util.Optional;

/// What is drawn of a city.
///
/// @param streams rivers that are drawn as lines
/// @param attribution who has surveyed it; empty for an invented city
public record CityMap(
        List<Area> areas,
        List<Road> roads,
        List<List<Point>> streams,
        List<Label> labels,
        Optional<String> attribution) {

    /// How a surface is drawn.
    public enum Surface {
        BUILT_UP,
        PARK,
        WATER,
        BUILDING
    }

    /// A surface of the ground, or buildings.
    ///
    /// @param polygons each a ring and the rings of its holes; the first corner of a ring is not repeated
    public record Area(Surface surface, Optional<String> name, List<List<List<Point>>> polygons) {

        static Area of(Surface surface, Optional<String> name, List<Point> ring) {
            return new Area(surface, name, List.of(List.of(ring)));
        }
    }

    /// A street, in all of its parts.
    ///
    /// @param roadClass absent for a path, which no driver takes
    public record Road(Optional<RoadClass> roadClass, Optional<String> name, List<List<Point>> lines) {}

    /// A name at a place.
    ///
    /// @param surface what has the name
    public record Label(Surface surface, String name, Point point) {}
}
