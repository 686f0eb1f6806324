package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Draws streets along the field of directions, at a distance from each other.
///
/// There are two families: along the field, and across it. Streets of one family keep their distance, those of the
/// other cross them.
final class StreetTracer {

    private static final double STEP = 9;
    private static final int STEPS_MAX = 700;
    private static final double SHORTEST = 60;

    /// How near a street may come to another one of its family, as a share of the distance at which it starts.
    private static final double APPROACH = 0.62;

    /// Large streets go on until they are this near, so that few of them end within a district.
    private static final double MAJOR_APPROACH = 0.2;

    /// Steps after which a street may meet itself.
    private static final int LOOP_STEPS_MIN = 25;

    private final DirectionField field;
    private final SplittableRandom random;
    private final List<PointGrid<Boolean>> families = List.of(new PointGrid<>(60), new PointGrid<>(60));
    private final List<StreetLine> lines = new ArrayList<>();

    /// How streets of one class are drawn.
    ///
    /// @param separation from the next one at each place, in metres
    /// @param allowed the places that they may go to
    /// @param tries how many places to start from are tried
    record Plan(RoadClass roadClass, ToDoubleFunction<Point> separation, Predicate<Point> allowed, int tries) {

        double approach(Point point) {
            return (roadClass == RoadClass.MAJOR ? MAJOR_APPROACH : APPROACH) * separation.applyAsDouble(point);
        }
    }

    StreetTracer(DirectionField field, SplittableRandom random) {
        this.field = field;
        this.random = random;
    }

    List<StreetLine> lines() {
        return lines;
    }

    /// Adds a street that does not follow the field.
    void add(StreetLine line) {
        lines.add(line);
        var points = line.points();
        for (var i = 1; i < points.size(); i++) {
            var from = points.get(i - 1);
            var along = points.get(i).minus(from).unit();
            var family = Math.abs(along.dot(direction(from, 0))) > 0.7 ? 0 : 1;
            for (var way = 0.0; way < from.distanceTo(points.get(i)); way += STEP) {
                families.get(family).add(from.plus(along.times(way)), true);
            }
        }
    }

    void trace(Plan plan) {
        for (var tries = 0; tries < plan.tries; tries++) {
            var start = Point.at(
                    random.nextDouble() * 2 * StrictMath.PI, field.terrain().radius() * Math.sqrt(random.nextDouble()));
            var family = tries % 2;
            if (plan.allowed.test(start) && isFree(start, family, plan.separation.applyAsDouble(start))) {
                var line = line(start, family, plan);
                if (Lines.length(line) >= SHORTEST) {
                    line.forEach(point -> families.get(family).add(point, true));
                    lines.add(new StreetLine(Lines.simplified(line, 1.2), plan.roadClass));
                }
            }
        }
    }

    /// Both ways from `start`, until there is no way on.
    private List<Point> line(Point start, int family, Plan plan) {
        var forward = new ArrayList<Point>();
        forward.add(start);
        if (!follow(forward, family, direction(start, family), plan)) {
            var backward = new ArrayList<Point>();
            backward.add(start);
            follow(backward, family, direction(start, family).times(-1), plan);
            forward.addAll(0, backward.subList(1, backward.size()).reversed());
        }
        return forward;
    }

    /// Returns whether the line has come back to its start.
    private boolean follow(List<Point> line, int family, Point towards, Plan plan) {
        var heading = towards;
        for (var steps = 0; steps < STEPS_MAX; steps++) {
            var here = line.getLast();
            heading = oriented(direction(here, family), heading);
            var half = oriented(direction(here.plus(heading.times(STEP / 2)), family), heading);
            var next = here.plus(half.times(STEP));
            if (!plan.allowed.test(next) || !isFree(next, family, plan.approach(next)) || meets(line, next, plan)) {
                return false;
            }
            line.add(next);
            heading = half;
            if (steps > LOOP_STEPS_MIN && next.distanceTo(line.getFirst()) < 1.5 * STEP) {
                line.add(line.getFirst());
                return true;
            }
        }
        return false;
    }

    /// Whether a line would run beside itself, as a spiral does.
    private static boolean meets(List<Point> line, Point next, Plan plan) {
        var distance = plan.approach(next);
        for (var i = 1; i < line.size() - LOOP_STEPS_MIN; i++) {
            if (line.get(i).distanceTo(next) < distance && line.getFirst().distanceTo(next) > distance) {
                return true;
            }
        }
        return false;
    }

    private boolean isFree(Point point, int family, double distance) {
        return families.get(family).near(point, distance).isEmpty();
    }

    private Point direction(Point point, int family) {
        return Point.at(field.angle(point) + family * StrictMath.PI / 2, 1);
    }

    private static Point oriented(Point direction, Point heading) {
        return direction.dot(heading) < 0 ? direction.times(-1) : direction;
    }
}
