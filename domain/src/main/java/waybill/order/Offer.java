package waybill.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request to drivers to deliver an order. The first of them that accepts has the order.
///
/// @param round the number of the offer among those of its order, from 1
/// @param drivers the ids of the drivers that are asked; empty for all drivers that are on duty
/// @param expiresAtOrNone the time from which it cannot be accepted; none for an offer that is open until the order has
///     a driver or ends
/// @param runnersUp the drivers to ask next, the best first
public record Offer(
        int round,
        List<String> drivers,
        Instant offeredAt,
        @Nullable Instant expiresAtOrNone,
        List<String> runnersUp) {

    /// Offers of one order. The hub makes no more than these.
    public static final int ROUNDS_MAX = 100;

    /// Drivers that one offer names.
    public static final int DRIVERS_MAX = 100;

    public static final int RUNNERS_UP_MAX = 5;

    public Offer {
        drivers = List.copyOf(drivers);
        offeredAt = offeredAt.truncatedTo(ChronoUnit.MILLIS); // as it is stored
        expiresAtOrNone = expiresAtOrNone == null ? null : expiresAtOrNone.truncatedTo(ChronoUnit.MILLIS);
        runnersUp = List.copyOf(runnersUp);
        requireAtMost("round", round, ROUNDS_MAX);
        requireAtMost("drivers", drivers.size(), DRIVERS_MAX);
        requireAtMost("runnersUp", runnersUp.size(), RUNNERS_UP_MAX);
        if (round < 1) {
            throw new IllegalArgumentException("round: " + round + " (expected: 1 or more)");
        }
    }

    private static void requireAtMost(String name, int value, int max) {
        if (value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at most " + max + ")");
        }
    }

    /// An offer to all drivers that are on duty.
    public static Offer toAll(int round, Instant offeredAt, Optional<Duration> timeout) {
        return new Offer(
                round, List.of(), offeredAt, timeout.map(offeredAt::plus).orElse(null), List.of());
    }

    public boolean isToAll() {
        return drivers.isEmpty();
    }

    public boolean asks(String driver) {
        return isToAll() || drivers.contains(driver);
    }

    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAtOrNone);
    }

    public boolean isExpired(Instant now) {
        return expiresAtOrNone != null && !now.isBefore(expiresAtOrNone);
    }

    /// How long its drivers have to answer; zero for one without a deadline.
    public Duration timer() {
        return expiresAt().map(end -> Duration.between(offeredAt, end)).orElse(Duration.ZERO);
    }

    /// A copy that does not ask this driver.
    Offer without(String driver) {
        return new Offer(
                round,
                drivers.stream().filter(one -> !one.equals(driver)).toList(),
                offeredAt,
                expiresAtOrNone,
                runnersUp);
    }
}
