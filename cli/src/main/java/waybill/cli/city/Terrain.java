package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What the streets find: the river, the parks, and the edge of the city.
///
/// @param river the middle of the river
/// @param radius of the city, at most, in metres
/// @param phases of the waves of its edge
record Terrain(List<Point> river, double riverWidth, List<Park> parks, double radius, List<Double> phases) {

    /// A round park with an uneven edge.
    ///
    /// @param phases of the waves of its edge
    record Park(Point centre, double radius, List<Double> phases) {

        private static final int CORNERS = 48;

        boolean contains(Point point, double margin) {
            var from = point.minus(centre);
            var length = from.length();
            return length < radius * 0.6 + margin || length < edge(from.angle()) + margin;
        }

        double edge(double angle) {
            return radius
                    * (0.95
                            + 0.16 * StrictMath.cos(2 * angle + phases.get(0))
                            + 0.1 * StrictMath.cos(3 * angle + phases.get(1))
                            + 0.04 * StrictMath.cos(5 * angle + phases.get(2)));
        }

        /// Its edge, moved outward; the first corner is not repeated.
        List<Point> outline(double margin) {
            return IntStream.range(0, CORNERS)
                    .mapToObj(corner -> 2 * StrictMath.PI * corner / CORNERS)
                    .map(angle -> centre.plus(Point.at(angle, edge(angle) + margin)))
                    .toList();
        }
    }

    static final double RADIUS = 2_000;
    private static final double RIVER_STEP = 40;

    private static final double RIVER_IN_CITY = 1.6 * RADIUS;

    /// Beyond what a phone shows around the city.
    private static final double RIVER_REACH = 3 * RADIUS;

    private static final int PARKS = 7;
    private static final int CORNERS = 120;
    private static final int TRIES_MAX = 400;

    static Terrain of(SplittableRandom random) {
        var river = river(random);
        var width = 70 + random.nextDouble() * 30;
        var empty = new Terrain(river, width, List.of(), RADIUS, phases(random));
        var parks = new ArrayList<Park>();
        for (var tries = 0; tries < TRIES_MAX && parks.size() < PARKS; tries++) {
            var radius = parks.isEmpty() ? 260 + random.nextDouble() * 60 : 70 + random.nextDouble() * 110;
            var reach = RADIUS * (parks.isEmpty() ? 0.4 : 0.78);
            var centre = Point.at(random.nextDouble() * 2 * StrictMath.PI, reach * Math.sqrt(random.nextDouble()));
            var park = new Park(centre, radius, phases(random));
            if (empty.riverDistance(centre) > radius * 1.25 + width / 2 + 30
                    && parks.stream()
                            .allMatch(other -> other.centre.distanceTo(centre) > 1.3 * (other.radius + radius) + 160)) {
                parks.add(park);
            }
        }
        return new Terrain(river, width, List.copyOf(parks), RADIUS, empty.phases);
    }

    private static List<Double> phases(SplittableRandom random) {
        return List.of(random.nextDouble() * 6, random.nextDouble() * 6, random.nextDouble() * 6);
    }

    /// From one edge of the map to the other, past the centre.
    private static List<Point> river(SplittableRandom random) {
        var direction = Point.at(random.nextDouble() * StrictMath.PI, 1);
        var offset = RADIUS * (0.12 + random.nextDouble() * 0.16) * (random.nextBoolean() ? 1 : -1);
        var phases = phases(random);
        var line = new ArrayList<Point>();
        for (var way = -RIVER_REACH;
                way <= RIVER_REACH;
                way += Math.abs(way) < RIVER_IN_CITY ? RIVER_STEP : 4 * RIVER_STEP) {
            var aside = offset
                    + 300 * StrictMath.sin(way / 760 + phases.get(0))
                    + 110 * StrictMath.sin(way / 330 + phases.get(1))
                    + 24 * StrictMath.sin(way / 130 + phases.get(2));
            line.add(direction.times(way).plus(direction.left().times(aside)));
        }
        return List.copyOf(line);
    }

    double riverDistance(Point point) {
        return Lines.distance(point, river);
    }

    boolean isWater(Point point, double margin) {
        return riverDistance(point) < riverWidth / 2 + margin;
    }

    boolean isPark(Point point, double margin) {
        return parks.stream().anyMatch(park -> park.contains(point, margin));
    }

    /// The direction of the river where it is nearest to `point`.
    double riverAngle(Point point) {
        var nearest = 1;
        for (var i = 1; i < river.size() - 1; i++) {
            if (river.get(i).distanceTo(point) < river.get(nearest).distanceTo(point)) {
                nearest = i;
            }
        }
        return river.get(nearest + 1).minus(river.get(nearest - 1)).angle();
    }

    /// The line beside the river at `distance` from its middle, to the left if positive.
    List<Point> bank(double distance) {
        var line = new ArrayList<Point>(river.size());
        for (var i = 1; i < river.size() - 1; i++) {
            var along = river.get(i + 1).minus(river.get(i - 1)).unit();
            var point = river.get(i).plus(along.left().times(distance));
            if (riverDistance(point) > Math.abs(distance) - 1) { // not within a bend of the other bank
                line.add(point);
            }
        }
        return line;
    }

    /// How far the city reaches in a direction.
    double edge(double angle) {
        return radius
                * (0.88
                        + 0.07 * StrictMath.cos(2 * angle + phases.get(0))
                        + 0.035 * StrictMath.cos(3 * angle + phases.get(1))
                        + 0.02 * StrictMath.cos(5 * angle + phases.get(2)));
    }

    /// The edge of the city; the first corner is not repeated.
    List<Point> outline() {
        return IntStream.range(0, CORNERS)
                .mapToObj(corner -> 2 * StrictMath.PI * corner / CORNERS)
                .map(angle -> Point.at(angle, Math.max(edge(angle), radius * 0.7)))
                .toList();
    }

    /// Whether `point` is within `share` of the way to the edge.
    boolean isWithin(Point point, double share) {
        var length = point.length();
        return length < radius * 0.7 * share || length < edge(point.angle()) * share;
    }
}
