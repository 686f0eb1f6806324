package waybill.bench.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import waybill.bench.arrival.Trace.Point;
import waybill.geo.Position;

/// A tour through a town: streets, traffic lights, and stops at which the driver parks and walks to the door. By
/// seed.
final class GeneratedTrace {

    private static final Position TOWN = new Position(48.14, 11.57);
    private static final long START_MS = 1_767_268_800_000L;
    private static final double STEP_S = 0.5;
    private static final double DECELERATION = 1.2;
    private static final int STOPS = 3;

    private final Random random;
    private final List<Point> points = new ArrayList<>();
    private double timeS;
    private double east;
    private double north;

    private GeneratedTrace(long seed) {
        random = new Random(seed);
    }

    /// A tour with three stops.
    static Trace tour(long seed) {
        var tour = new GeneratedTrace(seed);
        for (var stop = 0; stop < STOPS; stop++) {
            for (var corner = 0; corner < 2; corner++) {
                tour.driveTo(tour.east + tour.block(), tour.north + tour.block());
                tour.stay(tour.random.nextInt(40)); // a traffic light, too short for a visit
            }
            tour.driveTo(tour.east + tour.block(), tour.north + tour.block());
            tour.stay(5);
            tour.walkTo(tour.east + tour.random.nextGaussian() * 8, tour.north + tour.random.nextGaussian() * 8);
            tour.stay(90 + tour.random.nextInt(240));
        }
        tour.driveTo(tour.east + tour.block(), tour.north + tour.block());
        return new Trace("generated " + seed, tour.points);
    }

    /// 300 to 800 metres, to either side.
    private double block() {
        return (random.nextBoolean() ? 1 : -1) * (300 + random.nextInt(500));
    }

    private void driveTo(double toEast, double toNorth) {
        var cruise = 9 + random.nextDouble() * 5;
        for (var left = left(toEast, toNorth); left > 0.5; left = left(toEast, toNorth)) {
            step(toEast, toNorth, Math.min(cruise, Math.max(1, Math.sqrt(2 * DECELERATION * left))));
        }
    }

    private void walkTo(double toEast, double toNorth) {
        while (left(toEast, toNorth) > 0.5) {
            step(toEast, toNorth, 1.2);
        }
    }

    private double left(double toEast, double toNorth) {
        return Math.hypot(toEast - east, toNorth - north);
    }

    private void step(double toEast, double toNorth, double speed) {
        var part = Math.min(1, speed * STEP_S / left(toEast, toNorth));
        east += part * (toEast - east);
        north += part * (toNorth - north);
        pass();
    }

    private void stay(int seconds) {
        for (var end = timeS + seconds; timeS < end; ) {
            pass();
        }
    }

    private void pass() {
        timeS += STEP_S;
        var place = new Position(
                TOWN.latitude() + north / Position.METRES_PER_DEGREE,
                TOWN.longitude() + east / Position.METRES_PER_DEGREE / Math.cos(Math.toRadians(TOWN.latitude())));
        points.add(new Point(place, START_MS + Math.round(timeS * 1_000)));
    }
}
