package waybill.cli.city;

import java.util.List;

/// Crossings, and the streets between them. Each crossing is reached from each other one.
///
/// @param crossings by number
record StreetNetwork(List<Point> crossings, List<Edge> edges) {

    /// A street from one crossing to the next.
    ///
    /// @param line its points, from the crossing `from` to the crossing `to`
    /// @param street the number of the line that it is a part of
    record Edge(int from, int to, List<Point> line, double length, RoadClass roadClass, int street) {

        double seconds() {
            return length / roadClass.speed();
        }

        List<Point> lineFrom(int crossing) {
            return crossing == from ? line : line.reversed();
        }
    }
}
