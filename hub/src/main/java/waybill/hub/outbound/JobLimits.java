package waybill.hub.outbound;

import java.time.Duration;

/// The limits of one channel.
///
/// @param inFlightMax jobs that are sent at a time; the others wait in the store
/// @param perTargetMax of those, jobs of one target, so that a slow one does not delay the others
/// @param outcomeWithin the time that an attempt may take; then it counts as failed
/// @param lease for how long no other node sends a job; longer than an attempt
public record JobLimits(int inFlightMax, int perTargetMax, Duration outcomeWithin, Duration lease) {

    public JobLimits {
        if (inFlightMax < 1 || perTargetMax < 1) {
            throw new IllegalArgumentException(
                    "inFlightMax, perTargetMax: " + inFlightMax + ", " + perTargetMax + " (expected: at least 1)");
        }
        if (!outcomeWithin.isPositive() || lease.compareTo(outcomeWithin) <= 0) {
            throw new IllegalArgumentException("outcomeWithin, lease: " + outcomeWithin + ", " + lease
                    + " (expected: more than none, and a longer lease)");
        }
    }

    public static JobLimits defaults() {
        return new JobLimits(64, 8, Duration.ofSeconds(60), Duration.ofMinutes(2));
    }
}
