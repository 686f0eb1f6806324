package waybill.server;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import waybill.hub.dispatch.DispatchSettings;
import waybill.order.FareTariff;

/// The settings of orders.
///
/// @param numberPrefix the start of order numbers, such as `WB` for `WB-20260131-0001`
/// @param acceptWithin how long a store has to accept an order before it expires; zero for no limit
/// @param retention how long ended orders and the log are stored; zero for ever
/// @param abandonedAfter an order without an event for so long is ended; zero for never
/// @param tariff the fare of a new order without one; empty for none
/// @param dispatch how drivers are asked to deliver orders
public record OrderSettings(
        String numberPrefix,
        Duration acceptWithin,
        Duration retention,
        Duration abandonedAfter,
        Optional<FareTariff> tariff,
        DispatchSettings dispatch) {

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

    /// Settings without a tariff, and with the usual dispatch.
    public OrderSettings(String numberPrefix, Duration acceptWithin, Duration retention, Duration abandonedAfter) {
        this(numberPrefix, acceptWithin, retention, abandonedAfter, Optional.empty(), DispatchSettings.defaults());
    }

    public static OrderSettings defaults() {
        return new OrderSettings("WB", Duration.ofSeconds(60), Duration.ZERO, ABANDONED_AFTER);
    }

    public OrderSettings withDispatch(DispatchSettings value) {
        return new OrderSettings(numberPrefix, acceptWithin, retention, abandonedAfter, tariff, value);
    }

    Optional<Duration> acceptDeadline() {
        return Optional.of(acceptWithin).filter(Duration::isPositive);
    }

    public OrderSettings withTariff(Optional<FareTariff> value) {
        return new OrderSettings(numberPrefix, acceptWithin, retention, abandonedAfter, value, dispatch);
    }
}
