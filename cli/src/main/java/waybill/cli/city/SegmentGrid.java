package waybill.cli.city;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// The straight pieces of lines, by cells.
final class SegmentGrid {

    /// @param line the index of its line
    /// @param index of its first point within the line
    record Segment(int line, int index, Point from, Point to) {

        /// Where a way from `start` to `end` crosses it, as a share of that way.
        Optional<Double> crossing(Point start, Point end) {
            var way = end.minus(start);
            var own = to.minus(from);
            var denominator = way.cross(own);
            if (Math.abs(denominator) < 1e-9) {
                return Optional.empty();
            }
            var share = from.minus(start).cross(own) / denominator;
            var ownShare = from.minus(start).cross(way) / denominator;
            return share >= 0 && share <= 1 && ownShare >= 0 && ownShare <= 1 ? Optional.of(share) : Optional.empty();
        }
    }

    private static final double SIZE = 50;

    private final Map<Long, List<Segment>> cells = new HashMap<>();

    void addAll(int line, List<Point> points) {
        for (var i = 1; i < points.size(); i++) {
            var segment = new Segment(line, i - 1, points.get(i - 1), points.get(i));
            for (var cell : cells(segment.from, segment.to)) {
                cells.computeIfAbsent(cell, _ -> new ArrayList<>()).add(segment);
            }
        }
    }

    /// The segments in the cells around a way.
    SequencedSet<Segment> near(Point from, Point to) {
        var found = new LinkedHashSet<Segment>();
        for (var cell : cells(from, to)) {
            found.addAll(cells.getOrDefault(cell, List.of()));
        }
        return found;
    }

    private static List<Long> cells(Point from, Point to) {
        var result = new ArrayList<Long>();
        for (var x = floor(Math.min(from.x(), to.x())); x <= floor(Math.max(from.x(), to.x())); x++) {
            for (var y = floor(Math.min(from.y(), to.y())); y <= floor(Math.max(from.y(), to.y())); y++) {
                result.add(((long) x << 32) | (y & 0xffff_ffffL));
            }
        }
        return result;
    }

    private static int floor(double coordinate) {
        return (int) Math.floor(coordinate / SIZE);
    }
}
