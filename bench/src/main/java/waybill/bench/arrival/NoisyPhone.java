package waybill.bench.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import waybill.bench.arrival.Trace.Point;
import waybill.geo.Position;
import waybill.tracking.Fix;

/// Reports a trace as a phone among houses does: every few seconds, with an error that drifts, wrong accuracies and
/// gaps. By seed.
final class NoisyPhone {

    private static final double STEP_S = 0.5;
    private static final double KEPT_PER_S = 0.9;
    private static final double DEVIATION_MIN = 3;
    private static final int DEVIATION_RANGE = 12;
    private static final int INTERVALS = 8;
    private static final int GAP_EVERY = 40;
    private static final int UNKNOWN_EVERY = 10;

    private final Random random;
    private final double deviation;
    private final double intervalS;
    private double noiseEast;
    private double noiseNorth;

    private NoisyPhone(long seed) {
        random = new Random(seed);
        deviation = DEVIATION_MIN + random.nextDouble() * DEVIATION_RANGE;
        intervalS = 1 + random.nextInt(INTERVALS);
    }

    static List<Fix> fixes(Trace trace, String driver, long seed) {
        return new NoisyPhone(seed).report(trace, driver);
    }

    private List<Fix> report(Trace trace, String driver) {
        var fixes = new ArrayList<Fix>();
        var points = trace.points();
        var index = 0;
        var nextMs = points.getFirst().atMs();
        for (var atMs = nextMs; atMs <= points.getLast().atMs(); atMs += Math.round(STEP_S * 1_000)) {
            while (index + 1 < points.size() && points.get(index + 1).atMs() <= atMs) {
                index++;
            }
            drift();
            if (atMs >= nextMs) {
                fixes.add(fix(driver, at(points, index, atMs), atMs));
                var gapS = random.nextInt(GAP_EVERY) == 0 ? 20 + random.nextInt(30) : 0;
                nextMs = atMs + Math.round((intervalS + gapS) * 1_000);
            }
        }
        return fixes;
    }

    private static Position at(List<Point> points, int index, long atMs) {
        var from = points.get(index);
        if (index + 1 == points.size()) {
            return from.position();
        }
        var to = points.get(index + 1);
        var part = (double) (atMs - from.atMs()) / (to.atMs() - from.atMs());
        return new Position(
                from.position().latitude()
                        + part * (to.position().latitude() - from.position().latitude()),
                from.position().longitude()
                        + part * (to.position().longitude() - from.position().longitude()));
    }

    private void drift() {
        var kept = Math.pow(KEPT_PER_S, STEP_S);
        var fresh = Math.sqrt(1 - kept * kept) * deviation;
        noiseEast = kept * noiseEast + fresh * random.nextGaussian();
        noiseNorth = kept * noiseNorth + fresh * random.nextGaussian();
    }

    private Fix fix(String driver, Position place, long atMs) {
        var accuracy =
                random.nextInt(UNKNOWN_EVERY) == 0 ? Fix.UNKNOWN : deviation * 1.5 * (0.7 + random.nextDouble() * 0.8);
        var seen = new Position(
                place.latitude() + noiseNorth / Position.METRES_PER_DEGREE,
                place.longitude()
                        + noiseEast / Position.METRES_PER_DEGREE / Math.cos(Math.toRadians(place.latitude())));
        return new Fix(driver, seen, Fix.UNKNOWN, Fix.UNKNOWN, accuracy, atMs, atMs);
    }
}
