package waybill.hub.dispatch;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.order.OfferPolicy;

/// How drivers are asked to deliver orders.
///
/// @param offerTimeout how long the drivers of an offer have to answer
/// @param waveSize the drivers that the first wave asks
/// @param radiusMetres how far from the store the drivers of a multicast are
public record DispatchSettings(Strategy strategy, Duration offerTimeout, int waveSize, double radiusMetres) {

    /// Which drivers are asked.
    public enum Strategy {
        /// The driver that the matching of all waiting orders chooses.
        MATCHING,
        /// The driver that can pick the order up first.
        NEAREST,
        /// One driver after the other, the nearest first.
        CASCADE,
        /// A few drivers at a time, the nearest first, and more in each round.
        WAVE,
        /// All drivers within a radius.
        MULTICAST,
        /// All drivers, from when the order is ready until one takes it.
        OFF;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Strategy parse(String word) {
            return Stream.of(values())
                    .filter(strategy -> strategy.wireName().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("dispatch: " + word + " (expected: one of "
                            + Stream.of(values()).map(Strategy::wireName).collect(Collectors.joining(", ")) + ")"));
        }
    }

    /// Rounds in which drivers are asked by name. After them all drivers on duty are asked.
    public static final int NAMED_ROUNDS_MAX = 5;

    /// Rounds in which all drivers on duty are asked until a deadline. The next offer is the last one: to all drivers
    /// on duty, open until a driver accepts it or the order ends.
    public static final int TO_ALL_ROUNDS_MAX = 3;

    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    public DispatchSettings {
        if (!offerTimeout.isPositive() || offerTimeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "offerTimeout: " + offerTimeout + " (expected: more than zero, at most " + TIMEOUT_MAX + ")");
        }
        if (waveSize < 1) {
            throw new IllegalArgumentException("waveSize: " + waveSize + " (expected: 1 or more)");
        }
        if (!(radiusMetres > 0)) {
            throw new IllegalArgumentException("radiusMetres: " + radiusMetres + " (expected: more than 0)");
        }
    }

    public static DispatchSettings defaults() {
        return new DispatchSettings(Strategy.MATCHING, Duration.ofSeconds(30), 3, 5_000);
    }

    public DispatchSettings withStrategy(Strategy value) {
        return new DispatchSettings(value, offerTimeout, waveSize, radiusMetres);
    }

    public DispatchSettings withOfferTimeout(Duration value) {
        return new DispatchSettings(strategy, value, waveSize, radiusMetres);
    }

    /// What the order's own transaction needs to know of these settings.
    public OfferPolicy offerPolicy() {
        return strategy == Strategy.OFF ? OfferPolicy.TO_ALL : new OfferPolicy(true, Optional.of(offerTimeout));
    }
}
