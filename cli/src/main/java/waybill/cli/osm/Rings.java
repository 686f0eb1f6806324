package waybill.cli.osm;

import java.util.ArrayList;
import java.util.List;
import waybill.cli.city.Point;

/// Joins the ways of a relation to the rings of a surface.
final class Rings {

    private Rings() {}

    /// The rings of ways that meet at their ends, each with its first node at its end again. Ways that end at the edge
    /// of
    /// the extract are joined there.
    static List<List<Long>> joined(List<List<Long>> ways) {
        var left = new ArrayList<>(ways);
        var rings = new ArrayList<List<Long>>();
        while (!left.isEmpty()) {
            var ring = new ArrayList<>(left.removeFirst());
            while (!ring.getFirst().equals(ring.getLast()) && extend(ring, left)) {}
            if (!ring.getFirst().equals(ring.getLast())) {
                ring.add(ring.getFirst());
            }
            rings.add(ring);
        }
        return rings;
    }

    /// Returns whether a way of `left` begins or ends where the ring ends.
    private static boolean extend(List<Long> ring, List<List<Long>> left) {
        for (var ways = left.iterator(); ways.hasNext(); ) {
            var way = ways.next();
            var end = ring.getLast();
            if (way.getFirst().equals(end) || way.getLast().equals(end)) {
                ring.addAll((way.getFirst().equals(end) ? way : way.reversed()).subList(1, way.size()));
                ways.remove();
                return true;
            }
        }
        return false;
    }

    /// Puts each hole into the ring around it. A hole in none of them is left out.
    static List<List<List<Point>>> polygons(List<List<Point>> outer, List<List<Point>> holes) {
        var polygons = new ArrayList<List<List<Point>>>();
        outer.forEach(ring -> polygons.add(new ArrayList<>(List.of(ring))));
        for (var hole : holes) {
            polygons.stream()
                    .filter(polygon -> contains(polygon.getFirst(), hole.getFirst()))
                    .findFirst()
                    .ifPresent(polygon -> polygon.add(hole));
        }
        return polygons;
    }

    /// Whether a line from `point` to the east crosses the ring an odd number of times.
    private static boolean contains(List<Point> ring, Point point) {
        var isInside = false;
        for (var i = 0; i < ring.size(); i++) {
            var from = ring.get(i);
            var to = ring.get((i + 1) % ring.size());
            if (from.y() > point.y() != to.y() > point.y()
                    && point.x() < from.x() + (to.x() - from.x()) * (point.y() - from.y()) / (to.y() - from.y())) {
                isInside = !isInside;
            }
        }
        return isInside;
    }
}
