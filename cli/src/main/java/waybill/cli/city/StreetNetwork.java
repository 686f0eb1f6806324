package waybill.cli.city;

import java.util.List;

/// Crossings, and the streets between them. Each crossing is reached from each other one.
///
/// @param crossings by number
public record StreetNetwork(List<Point> crossings, List<Edge> edges) {

    /// A street from one crossing to the next.
    ///
    /// @param line its points, from the crossing `from` to the crossing `to`
    /// @param street the number of the line that it is a part of
    /// @param isOneWay whether it is driven from `from` to `to` alone
    public record Edge(
            int from, int to, List<Point> line, double length, RoadClass roadClass, int street, boolean isOneWay) {

        public static Edge of(int from, int to, List<Point> line, RoadClass roadClass, int street, boolean isOneWay) {
            return new Edge(from, to, List.copyOf(line), Lines.length(line), roadClass, street, isOneWay);
        }

        double seconds() {
            return length / roadClass.speed();
        }

        List<Point> lineFrom(int crossing) {
            return crossing == from ? line : line.reversed();
        }
    }

    /// The largest part of crossings and edges within which each crossing is reached from each other one.
    public static StreetNetwork connected(List<Point> crossings, List<Edge> edges) {
        return Pruning.numbered(crossings, Pruning.largestPart(crossings.size(), edges));
    }
}
