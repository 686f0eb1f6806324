package waybill.cli.osm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import waybill.cli.city.Lines;
import waybill.cli.city.Point;

/// The sea of a map that is cut out by a circle. OpenStreetMap has no surface for a sea, only its coast: lines with the
/// land to their left and the sea to their right (`natural=coastline` in the OpenStreetMap wiki).
final class Coastline {

    /// The angle between two corners of the circle's edge.
    private static final double CORNER = Math.PI / 36;

    private static final double TURN = 2 * Math.PI;

    private final double radius;
    private final List<List<Point>> lines = new ArrayList<>();

    /// @param radius of the map, in metres
    Coastline(double radius) {
        this.radius = radius;
    }

    /// Takes a part of the coast in the direction of its points, all of them on the map.
    void add(List<Point> line) {
        if (line.size() > 1) {
            lines.add(line);
        }
    }

    /// The sea as polygons, each a ring and its islands. Nothing for a map without a coast.
    List<List<List<Point>>> sea() {
        var shores = new ArrayList<List<Point>>();
        var islands = new ArrayList<List<Point>>();
        var seas = new ArrayList<List<Point>>();
        for (var line : joined()) {
            if (!line.getFirst().equals(line.getLast())) {
                shores.add(line);
            } else if (line.size() > 3) {
                (Lines.area(line) > 0 ? islands : seas).add(line.subList(0, line.size() - 1));
            }
        }
        if (shores.isEmpty() && seas.isEmpty() && !islands.isEmpty()) {
            seas.add(edge(TURN, TURN));
        }
        seas.addAll(closed(shores));
        return Rings.polygons(seas, islands);
    }

    /// The parts of the coast that begin where another one ends are one.
    private List<List<Point>> joined() {
        var byFirst = new HashMap<Point, List<Point>>();
        lines.forEach(line -> byFirst.put(line.getFirst(), line));
        var starts = new ArrayList<>(lines);
        starts.removeIf(line -> lines.stream().anyMatch(other -> other.getLast().equals(line.getFirst())));
        starts.addAll(lines); // those that are left are parts of rings
        var result = new ArrayList<List<Point>>();
        for (var start : starts) {
            if (byFirst.remove(start.getFirst(), start)) {
                result.add(joined(start, byFirst));
            }
        }
        return result;
    }

    private static List<Point> joined(List<Point> start, Map<Point, List<Point>> byFirst) {
        var whole = new ArrayList<>(start);
        for (var next = byFirst.remove(whole.getLast()); next != null; next = byFirst.remove(whole.getLast())) {
            whole.addAll(next.subList(1, next.size()));
        }
        return whole;
    }

    /// Where a shore leaves the map, the sea goes on along the edge, clockwise, up to where a shore comes in.
    private List<List<Point>> closed(List<List<Point>> shores) {
        var left = new ArrayList<>(shores);
        var rings = new ArrayList<List<Point>>();
        while (!left.isEmpty()) {
            var first = left.removeFirst();
            var ring = new ArrayList<>(first);
            while (true) {
                var end = ring.getLast().angle();
                var next = left.stream()
                        .min((one, other) -> Double.compare(clockwise(end, one), clockwise(end, other)))
                        .filter(shore -> clockwise(end, shore) < clockwise(end, first))
                        .orElse(first);
                ring.addAll(edge(end, clockwise(end, next)));
                if (next.equals(first)) {
                    break;
                }
                left.remove(next);
                ring.addAll(next);
            }
            rings.add(ring);
        }
        return rings;
    }

    /// The angle from `from`, clockwise, to where a shore begins.
    private static double clockwise(double from, List<Point> shore) {
        var angle = (from - shore.getFirst().angle()) % TURN;
        return angle < 0 ? angle + TURN : angle;
    }

    /// The corners of the map's edge from an angle on, clockwise.
    private List<Point> edge(double from, double length) {
        var steps = (int) Math.ceil(length / CORNER);
        var corners = new ArrayList<Point>();
        for (var step = 0; step <= steps; step++) {
            corners.add(Point.at(from - length * Math.min(1, (double) step / Math.max(1, steps)), radius));
        }
        return corners;
    }
}
