package waybill.arrival;

import waybill.geo.Position;
import waybill.tracking.Fix;

/// The position of a driver with the noise of single fixes smoothed out: a Kalman filter for a constant velocity (R. E.
/// Kalman, "A New Approach to Linear Filtering and Prediction Problems", 1960), in metres east and north of a stop. It
/// begins anew after a gap. Not thread-safe.
final class SmoothedTrack {

    /// After a longer gap the velocity from before says nothing.
    private static final long GAP_MAX_MS = 60_000;

    /// How much a vehicle in a town accelerates, in metres per second squared.
    private static final double ACCELERATION = 1.5;

    /// The accuracy of a phone is the radius that two of three fixes fall into; this part of it is the standard
    /// deviation in one direction.
    private static final double DEVIATION_OF_ACCURACY = 0.66;

    /// The assumed accuracy of a fix without one.
    private static final double ACCURACY_ASSUMED_METRES = 30;

    private static final double ACCURACY_MIN_METRES = 3;
    private static final double SPEED_UNKNOWN_VARIANCE = 100;
    private static final double MS_PER_S = 1_000;
    private static final double HALF_TURN = 180;

    private final Position origin;
    private final double metresPerDegreeEast;
    private double east;
    private double north;
    private double eastPerS;
    private double northPerS;
    private double placeVariance;
    private double covariance;
    private double speedVariance;
    private long timeMs = Long.MIN_VALUE;

    SmoothedTrack(Position origin) {
        this.origin = origin;
        metresPerDegreeEast = Position.METRES_PER_DEGREE * Math.cos(Math.toRadians(origin.latitude()));
    }

    /// The fix must be newer than those before it.
    void add(Fix fix) {
        var measuredEast = degreesEast(fix.position()) * metresPerDegreeEast;
        var measuredNorth = (fix.position().latitude() - origin.latitude()) * Position.METRES_PER_DEGREE;
        var deviation = DEVIATION_OF_ACCURACY * accuracy(fix);
        if (timeMs == Long.MIN_VALUE || fix.recordedAtMs() - timeMs > GAP_MAX_MS) {
            restart(measuredEast, measuredNorth, deviation * deviation);
        } else {
            predict((fix.recordedAtMs() - timeMs) / MS_PER_S);
            correct(measuredEast, measuredNorth, deviation * deviation);
        }
        timeMs = fix.recordedAtMs();
    }

    /// From the stop, the shorter way round.
    private double degreesEast(Position place) {
        var degrees = place.longitude() - origin.longitude();
        return degrees > HALF_TURN ? degrees - 2 * HALF_TURN : degrees < -HALF_TURN ? degrees + 2 * HALF_TURN : degrees;
    }

    static double accuracy(Fix fix) {
        return Fix.isKnown(fix.accuracy()) ? Math.max(ACCURACY_MIN_METRES, fix.accuracy()) : ACCURACY_ASSUMED_METRES;
    }

    private void restart(double measuredEast, double measuredNorth, double variance) {
        east = measuredEast;
        north = measuredNorth;
        eastPerS = 0;
        northPerS = 0;
        placeVariance = variance;
        covariance = 0;
        speedVariance = SPEED_UNKNOWN_VARIANCE;
    }

    private void predict(double seconds) {
        var speedNoise = ACCELERATION * seconds;
        var placeNoise = speedNoise * seconds / 2;
        east += eastPerS * seconds;
        north += northPerS * seconds;
        placeVariance += seconds * (2 * covariance + seconds * speedVariance) + placeNoise * placeNoise;
        covariance += seconds * speedVariance + placeNoise * speedNoise;
        speedVariance += speedNoise * speedNoise;
    }

    private void correct(double measuredEast, double measuredNorth, double variance) {
        var placeGain = placeVariance / (placeVariance + variance);
        var speedGain = covariance / (placeVariance + variance);
        eastPerS += speedGain * (measuredEast - east);
        northPerS += speedGain * (measuredNorth - north);
        east += placeGain * (measuredEast - east);
        north += placeGain * (measuredNorth - north);
        speedVariance -= speedGain * covariance;
        covariance *= 1 - placeGain;
        placeVariance *= 1 - placeGain;
    }

    Position origin() {
        return origin;
    }

    double east() {
        return east;
    }

    double north() {
        return north;
    }

    /// Metres from the stop.
    double distance() {
        return Math.hypot(east, north);
    }

    /// Metres per second.
    double speed() {
        return Math.hypot(eastPerS, northPerS);
    }
}
