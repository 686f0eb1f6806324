package waybill.server;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What somebody who runs the hub may want otherwise of orders.
///
/// @param numberPrefix what their numbers begin with, such as `WB` for `WB-20260131-0001`
/// @param acceptWithin how long a store has to accept an order before it expires; zero is as long as it likes
/// @param retention how long ended orders and the log are kept; zero is for ever
/// @param abandonedAfter an order to which nothing has happened for so long is ended; zero is never
public record OrderSettings(String numberPrefix, Duration acceptWithin, Duration retention, Duration abandonedAfter) {

    /// As long as messages wait in queues.
    private static final Duration ABANDONED_AFTER = Duration.ofDays(30);

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9]{1,12}");

    public OrderSettings {
        if (!PREFIX.matcher(numberPrefix).matches()) {
            throw new IllegalArgumentException(
                    "numberPrefix: " + numberPrefix + " (expected: 1 to 12 letters and digits)");
        }
        if (acceptWithin.isNegative()) {
            throw new IllegalArgumentException("acceptWithin: " + acceptWithin + " (expected: zero or more)");
        }
        if (retention.isNegative()) {
            throw new IllegalArgumentException("keptFor: " + retention + " (expected: zero or more)");
        }
        if (abandonedAfter.isNegative()) {
            throw new IllegalArgumentException("abandonedAfter: " + abandonedAfter + " (expected: zero or more)");
        }
    }

    public static OrderSettings defaults() {
        return new OrderSettings("WB", Duration.ofSeconds(60), Duration.ZERO, ABANDONED_AFTER);
    }

    Optional<Duration> acceptDeadline() {
        return Optional.of(acceptWithin).filter(Duration::isPositive);
    }
}
