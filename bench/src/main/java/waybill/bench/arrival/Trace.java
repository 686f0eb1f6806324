package waybill.bench.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import waybill.arrival.StopArrival;
import waybill.geo.Position;

/// Where a vehicle or a walker was, point by point.
record Trace(String name, List<Point> points) {

    /// The radius in which a visit stays.
    private static final double DWELL_RADIUS = 30;

    private static final long DWELL_MIN_MS = 60_000;

    /// A place that is passed faster than this, in metres per second, is no stop.
    private static final double PASSING_SPEED = 8;

    /// Around a place that is passed, the trace is fast, and it never comes back.
    private static final double PASSING_RADIUS = 3 * StopArrival.RADIUS_METRES;

    /// One in so many points is tried as a place that is passed.
    private static final int PASSES_EVERY = 5;

    record Point(Position position, long atMs) {}

    /// A stop.
    ///
    /// @param arrivedAtMs when the trace entered the circle of the stop
    record Visit(Position place, long arrivedAtMs, long leftAtMs) {}

    Trace {
        points = List.copyOf(points);
    }

    /// The places at which the trace stays for a minute or more.
    List<Visit> visits() {
        var visits = new ArrayList<Visit>();
        for (var i = 0; i < points.size(); ) {
            var last = lastNear(i);
            if (points.get(last).atMs - points.get(i).atMs < DWELL_MIN_MS) {
                i++;
                continue;
            }
            var place = mean(points.subList(i, last + 1));
            var notBefore = visits.isEmpty() ? Long.MIN_VALUE : visits.getLast().leftAtMs;
            visits.add(new Visit(place, Math.max(notBefore, enteredAtMs(place, i)), points.get(last).atMs));
            i = last + 1;
        }
        return List.copyOf(visits);
    }

    private int lastNear(int from) {
        var last = from;
        while (last + 1 < points.size() && metres(from, last + 1) < DWELL_RADIUS) {
            last++;
        }
        return last;
    }

    private double metres(int from, int to) {
        return points.get(from).position.metresTo(points.get(to).position);
    }

    private static Position mean(List<Point> points) {
        return new Position(
                points.stream()
                        .mapToDouble(point -> point.position.latitude())
                        .average()
                        .orElseThrow(),
                points.stream()
                        .mapToDouble(point -> point.position.longitude())
                        .average()
                        .orElseThrow());
    }

    /// When the trace last entered the circle of a place at which it is at `index`, between two points if need be.
    private long enteredAtMs(Position place, int index) {
        var inside = index;
        while (inside > 0 && points.get(inside - 1).position.metresTo(place) < StopArrival.RADIUS_METRES) {
            inside--;
        }
        if (inside == 0) {
            return points.getFirst().atMs;
        }
        var before = points.get(inside - 1);
        var after = points.get(inside);
        var metresBefore = before.position.metresTo(place);
        var metresAfter = after.position.metresTo(place);
        var part = (metresBefore - StopArrival.RADIUS_METRES) / Math.max(1, metresBefore - metresAfter);
        return before.atMs + Math.round(Math.clamp(part, 0, 1) * (after.atMs - before.atMs));
    }

    /// Places that the trace passes at speed, once.
    List<Position> passes() {
        var passes = new ArrayList<Position>();
        for (var i = 0; i < points.size(); i += PASSES_EVERY) {
            var index = i;
            if (isPassed(i)
                    && passes.stream()
                            .noneMatch(other -> other.metresTo(points.get(index).position) < PASSING_RADIUS)) {
                passes.add(points.get(i).position);
            }
        }
        return List.copyOf(passes);
    }

    private boolean isPassed(int index) {
        var entered = firstFar(index, -1);
        var left = firstFar(index, 1);
        if (entered.isEmpty() || left.isEmpty()) {
            return false;
        }
        for (var i = entered.getAsInt(); i < left.getAsInt(); i++) {
            var seconds = (points.get(i + 1).atMs - points.get(i).atMs) / 1_000.0;
            if (metres(i, i + 1) < PASSING_SPEED * seconds || metres(i, i + 1) > PASSING_RADIUS) {
                return false;
            }
        }
        for (var i = 0; i < points.size(); i++) {
            if ((i <= entered.getAsInt() || i >= left.getAsInt()) && metres(index, i) < PASSING_RADIUS) {
                return false;
            }
        }
        return true;
    }

    private OptionalInt firstFar(int index, int step) {
        for (var i = index; i >= 0 && i < points.size(); i += step) {
            if (metres(index, i) >= PASSING_RADIUS) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
