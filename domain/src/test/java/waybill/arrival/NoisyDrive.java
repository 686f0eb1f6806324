package waybill.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import waybill.geo.Position;
import waybill.tracking.Fix;

/// A drive past or to a stop, as a phone would report it: with correlated noise, gaps and wrong accuracies. By seed.
final class NoisyDrive {

    static final Position STOP = new Position(6.9, 79.85);
    private static final double METRES_PER_DEGREE = 111_195.08;
    private static final long START_MS = 1_767_268_800_000L;
    private static final double STEP_S = 0.5;

    private final Random random;
    private final double deviation;
    private final double intervalS;
    private final double radius;
    private final List<Fix> fixes = new ArrayList<>();
    private double timeS;
    private double east;
    private double north;
    private double noiseEast;
    private double noiseNorth;
    private double nextFixS;
    private double enteredS = Double.NaN;

    private NoisyDrive(long seed, double radius) {
        random = new Random(seed);
        this.radius = radius;
        deviation = 3 + random.nextDouble() * 12;
        intervalS = 1 + random.nextInt(8);
    }

    /// Fixes, and the true time of arrival.
    record Drive(List<Fix> fixes, long arrivedAtMs) {}

    /// From a kilometre away to the stop, a minute or more there, and on.
    static Drive toTheStop(long seed, double radius) {
        var drive = new NoisyDrive(seed, radius);
        drive.begin();
        drive.driveTo(drive.random.nextGaussian() * 14, drive.random.nextGaussian() * 14);
        drive.park(60 + drive.random.nextInt(240));
        drive.driveTo(-800 + drive.random.nextInt(200), 900);
        return new Drive(drive.fixes, START_MS + Math.round(drive.enteredS * 1_000));
    }

    /// At speed along the street of the stop, with a traffic light before and after it.
    static Drive pastTheStop(long seed, double radius) {
        var drive = new NoisyDrive(seed, radius);
        var street = drive.random.nextInt(30);
        drive.east = -1_200;
        drive.north = street;
        drive.driveAt(-250, street, 11 + drive.random.nextInt(4));
        drive.park(drive.random.nextInt(60));
        drive.driveAt(250, street, 11 + drive.random.nextInt(4));
        drive.park(drive.random.nextInt(60));
        drive.driveAt(1_200, street, 11 + drive.random.nextInt(4));
        return new Drive(drive.fixes, -1);
    }

    private void begin() {
        var angle = random.nextDouble() * 2 * Math.PI;
        east = 1_000 * Math.cos(angle);
        north = 1_000 * Math.sin(angle);
    }

    /// With braking in the last hundred metres.
    private void driveTo(double toEast, double toNorth) {
        var cruise = 7 + random.nextDouble() * 6;
        for (var left = left(toEast, toNorth); left > 0.5; left = left(toEast, toNorth)) {
            step(toEast, toNorth, Math.min(cruise, Math.max(1, Math.sqrt(2 * 1.2 * left))));
        }
    }

    private void driveAt(double toEast, double toNorth, double speed) {
        while (left(toEast, toNorth) > speed * STEP_S) {
            step(toEast, toNorth, speed);
        }
    }

    private double left(double toEast, double toNorth) {
        return Math.hypot(toEast - east, toNorth - north);
    }

    private void step(double toEast, double toNorth, double speed) {
        var left = left(toEast, toNorth);
        var part = Math.min(1, speed * STEP_S / left);
        east += part * (toEast - east);
        north += part * (toNorth - north);
        pass();
    }

    private void park(double seconds) {
        for (var end = timeS + seconds; timeS < end; ) {
            pass();
        }
    }

    private void pass() {
        timeS += STEP_S;
        if (Double.isNaN(enteredS) && Math.hypot(east, north) < radius) {
            enteredS = timeS;
        }
        var kept = Math.pow(0.9, STEP_S);
        var fresh = Math.sqrt(1 - kept * kept) * deviation;
        noiseEast = kept * noiseEast + fresh * random.nextGaussian();
        noiseNorth = kept * noiseNorth + fresh * random.nextGaussian();
        if (timeS >= nextFixS) {
            report();
            nextFixS = timeS + intervalS + (random.nextInt(40) == 0 ? 20 + random.nextInt(30) : 0);
        }
    }

    private void report() {
        var position = new Position(
                STOP.latitude() + (north + noiseNorth) / METRES_PER_DEGREE,
                STOP.longitude() + (east + noiseEast) / METRES_PER_DEGREE / Math.cos(Math.toRadians(STOP.latitude())));
        var atMs = START_MS + Math.round(timeS * 1_000);
        var accuracy = random.nextInt(10) == 0 ? Fix.UNKNOWN : deviation * 1.5 * (0.7 + random.nextDouble() * 0.8);
        fixes.add(new Fix("d", position, Fix.UNKNOWN, Fix.UNKNOWN, accuracy, atMs, atMs));
    }
}
