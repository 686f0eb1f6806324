package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Extends streets that end in nothing to the next street.
final class StreetJoiner {

    private static final double STRAIGHT_MAX = 170;
    private static final double ASIDE_MAX = 70;
    private static final double OVERSHOOT = 2;
    private static final double SAMPLE = 12;

    private final SegmentGrid segments = new SegmentGrid();
    private final List<StreetLine> lines;
    private final Predicate<Point> allowed;

    private StreetJoiner(List<StreetLine> lines, Predicate<Point> allowed) {
        this.lines = lines;
        this.allowed = allowed;
        for (var i = 0; i < lines.size(); i++) {
            segments.addAll(i, lines.get(i).points());
        }
    }

    /// @param allowed where an extension may go
    static List<StreetLine> joined(List<StreetLine> lines, Predicate<Point> allowed) {
        var joiner = new StreetJoiner(lines, allowed);
        var result = new ArrayList<StreetLine>(lines.size());
        for (var i = 0; i < lines.size(); i++) {
            result.add(joiner.joined(i));
        }
        return result;
    }

    private StreetLine joined(int line) {
        var street = lines.get(line);
        var points = street.points();
        if (points.getFirst().equals(points.getLast())) {
            return street;
        }
        var result = new ArrayList<Point>(points.size() + 2);
        extension(line, points.get(1), points.getFirst()).ifPresent(result::add);
        result.addAll(points);
        extension(line, points.get(points.size() - 2), points.getLast()).ifPresent(result::add);
        return new StreetLine(List.copyOf(result), street.roadClass());
    }

    private Optional<Point> extension(int line, Point before, Point end) {
        var ahead = end.minus(before).unit();
        return straight(line, end, ahead).or(() -> nearest(line, end, ahead));
    }

    private Optional<Point> straight(int line, Point end, Point ahead) {
        var far = end.plus(ahead.times(STRAIGHT_MAX));
        var share = segments.near(end, far).stream()
                .filter(segment -> segment.line() != line)
                .flatMap(segment -> segment.crossing(end, far).stream())
                .min(Double::compare);
        return share.map(one -> end.plus(ahead.times(one * STRAIGHT_MAX + OVERSHOOT)))
                .filter(target -> isAllowed(end, target));
    }

    private Optional<Point> nearest(int line, Point end, Point ahead) {
        Optional<Point> best = Optional.empty();
        var reach = new Point(ASIDE_MAX, ASIDE_MAX);
        for (var segment : segments.near(end.minus(reach), end.plus(reach))) {
            if (segment.line() == line) {
                continue;
            }
            var way = segment.to().minus(segment.from());
            var share = Math.clamp(end.minus(segment.from()).dot(way) / Math.max(1e-9, way.dot(way)), 0, 1);
            var target = segment.from().towards(segment.to(), share);
            var distance = target.distanceTo(end);
            if (distance < ASIDE_MAX
                    && target.minus(end).dot(ahead) > -0.2 * distance
                    && best.map(other -> other.distanceTo(end) > distance).orElse(true)
                    && isAllowed(end, target)) {
                best = Optional.of(target);
            }
        }
        return best.map(target -> target.plus(target.minus(end).unit().times(OVERSHOOT)));
    }

    private boolean isAllowed(Point from, Point to) {
        var length = from.distanceTo(to);
        for (var way = 0.0; way < length; way += SAMPLE) {
            if (!allowed.test(from.towards(to, way / length))) {
                return false;
            }
        }
        return true;
    }
}
