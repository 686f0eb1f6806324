package waybill.tracking;

import java.time.Instant;
import waybill.geo.Position;

/// A position reported by a driver's phone. Times are milliseconds since 1970 and missing values are [#UNKNOWN] instead
/// of optionals: there are many thousands of fixes a second.
///
/// @param heading degrees clockwise from north
/// @param speed metres per second
/// @param accuracy the radius of uncertainty in metres
/// @param recordedAtMs the time of the fix by the phone's clock
/// @param receivedAtMs the time of arrival by the hub's clock
public record Fix(
        String driver,
        Position position,
        double heading,
        double speed,
        double accuracy,
        long recordedAtMs,
        long receivedAtMs) {

    /// A heading, speed or accuracy that the phone did not report.
    public static final double UNKNOWN = Double.NaN;

    /// The age from which a fix is not the driver's current position: it is stored in the history, but not published
    /// and not used for an ETA.
    public static final long LIVE_AGE_MAX_MS = 120_000;

    /// How far a phone's clock may be ahead of the hub's. A larger error would make the driver's later correct fixes
    /// stale for as long.
    public static final long CLOCK_AHEAD_MAX_MS = 60_000;

    public Fix {
        if (driver.isBlank()) {
            throw new IllegalArgumentException("driver: blank (expected: at least one character)");
        }
        if (heading < 0 || heading > 360) {
            throw new IllegalArgumentException("heading: " + heading + " (expected: 0..360)");
        }
        if (speed < 0 || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed: " + speed + " (expected: at least 0)");
        }
        if (accuracy < 0 || Double.isInfinite(accuracy)) {
            throw new IllegalArgumentException("accuracy: " + accuracy + " (expected: at least 0)");
        }
        if (recordedAtMs < 0 || recordedAtMs > receivedAtMs + CLOCK_AHEAD_MAX_MS) {
            throw new IllegalArgumentException("recordedAt: " + Instant.ofEpochMilli(recordedAtMs)
                    + " (expected: since 1970, and no more than a minute after it arrived, which was "
                    + Instant.ofEpochMilli(receivedAtMs) + ")");
        }
    }

    /// Whether it is at 0/0, which phones without a position report. Such a fix is never accepted.
    public boolean isAtOrigin() {
        return position.latitude() == 0 && position.longitude() == 0;
    }

    /// Whether it is recent enough to be the driver's current position.
    public boolean isLive(long nowMs) {
        return nowMs - recordedAtMs <= LIVE_AGE_MAX_MS;
    }

    /// Whether a heading, speed or accuracy was reported.
    public static boolean isKnown(double value) {
        return !Double.isNaN(value);
    }
}
