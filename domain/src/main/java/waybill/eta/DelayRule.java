package waybill.eta;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a delay alert of an order is opened and closed. An alert is opened when the order is expected much too late,
/// and closed when it is expected hardly late any more; in between nothing changes. Both only once it has been so for
/// a while, so that an ETA that wavers alerts nothing.
///
/// @param openAfter how late an order is expected for an alert
/// @param closeWithin how late it may still be expected when the alert is closed
/// @param steadyFor how long it must be expected so
/// @param tolerance for an order without a promise: how much later than its first ETA counts as in time
public record DelayRule(Duration openAfter, Duration closeWithin, Duration steadyFor, Duration tolerance) {

    public DelayRule {
        if (closeWithin.compareTo(openAfter) >= 0 || steadyFor.isNegative() || tolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "closeWithin: " + closeWithin + " (expected: less than openAfter, " + openAfter + ")");
        }
    }

    /// An alert after that many minutes.
    public static DelayRule openAfter(Duration late) {
        return new DelayRule(late, late.dividedBy(5), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    /// What is to be done about an alert.
    public enum Change {
        OPEN,
        CLOSE
    }

    /// The change that this expectation asks for, if it lasts; null for none.
    public @Nullable Change wanted(long promisedMs, long expectedMs, boolean isOpen) {
        var lateMs = expectedMs - promisedMs;
        if (!isOpen && lateMs >= openAfter.toMillis()) {
            return Change.OPEN;
        }
        return isOpen && lateMs <= closeWithin.toMillis() ? Change.CLOSE : null;
    }
}
