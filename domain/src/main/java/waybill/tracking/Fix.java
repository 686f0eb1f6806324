package waybill.tracking;

import java.time.Instant;
import waybill.geo.Position;

/// Where a driver's phone says to be. Times are milliseconds since 1970 and what was not said is [#UNKNOWN]: there are
/// many thousands of these a second.
///
/// @param heading degrees clockwise from north
/// @param speed metres per second
/// @param accuracy metres around the position in which the phone takes itself to be
/// @param recordedAtMs when it was there, by the phone's clock
/// @param receivedAtMs when we heard, by ours
public record Fix(
        String driver,
        Position position,
        double heading,
        double speed,
        double accuracy,
        long recordedAtMs,
        long receivedAtMs) {

    /// Stands for a heading, speed or accuracy that the phone did not say.
    public static final double UNKNOWN = Double.NaN;

    /// A fix that is older when it arrives does not say where its driver is, only where it was: it goes into the
    /// history,
    /// viewers are not shown it, and no arrival is guessed from it.
    public static final long LIVE_AGE_MAX_MS = 120_000;

    /// How far a phone's clock may be ahead of ours. One that is further ahead would make its driver's honest fixes old
    /// for as long.
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

    /// Whether it is at 0/0, which phones send that do not know where they are. No fix there is ever believed.
    public boolean isAtOrigin() {
        return position.latitude() == 0 && position.longitude() == 0;
    }

    /// Whether it is recent enough to say where the driver is.
    public boolean isLive(long nowMs) {
        return nowMs - recordedAtMs <= LIVE_AGE_MAX_MS;
    }

    /// Whether a heading, speed or accuracy was said.
    public static boolean isKnown(double value) {
        return !Double.isNaN(value);
    }
}
