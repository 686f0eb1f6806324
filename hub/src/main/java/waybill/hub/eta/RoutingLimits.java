package waybill.hub.eta;

import java.time.Duration;

/// How much a provider of travel times is asked.
///
/// @param timeout a request without a result after this time is cancelled
/// @param requestsMax requests in flight; further ones are answered without the provider
/// @param refreshAfter a travel of a driver is asked for again after this time, if the driver still needs it
/// @param cacheMax travels in memory
/// @param failuresMax failures one after the other, after which the provider is left alone for a while
/// @param pauseMin how long at first; each further failure doubles it
/// @param pauseMax how long at most
public record RoutingLimits(
        Duration timeout,
        int requestsMax,
        Duration refreshAfter,
        int cacheMax,
        int failuresMax,
        Duration pauseMin,
        Duration pauseMax) {

    public RoutingLimits {
        if (requestsMax < 1 || cacheMax < 1 || failuresMax < 1) {
            throw new IllegalArgumentException("requestsMax, cacheMax, failuresMax: " + requestsMax + ", " + cacheMax
                    + ", " + failuresMax + " (expected: at least 1)");
        }
    }

    public static RoutingLimits defaults() {
        return new RoutingLimits(
                Duration.ofSeconds(2),
                32,
                Duration.ofMinutes(1),
                20_000,
                5,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));
    }

    public RoutingLimits withTimeout(Duration value) {
        return new RoutingLimits(value, requestsMax, refreshAfter, cacheMax, failuresMax, pauseMin, pauseMax);
    }

    public RoutingLimits withRequestsMax(int value) {
        return new RoutingLimits(timeout, value, refreshAfter, cacheMax, failuresMax, pauseMin, pauseMax);
    }
}
