package waybill.hub.eta;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.eta.NoWayException;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.eta.TravelTimeProvider;
import waybill.hub.refusal.Failures;

/// The requests to a provider of travel times: each ends within its time, and its answer is checked. A provider that
/// fails is left alone for a while. Thread-safe.
final class ProviderRequests implements AutoCloseable {

    private static final double METRES_PER_SECOND_MAX = 70;
    private static final double STRAIGHT_TOLERANCE_METRES = 500; // services begin at the nearest road
    private static final long TRAVEL_MS_MAX = TimeUnit.DAYS.toMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(ProviderRequests.class);

    private final TravelTimeProvider provider;
    private final RoutingLimits limits;
    private final InstantSource clock;
    private final ProviderHealth health;
    private final LongAdder asked = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    /// @param provider is closed with this
    ProviderRequests(TravelTimeProvider provider, RoutingLimits limits, InstantSource clock) {
        this.provider = provider;
        this.limits = limits;
        this.clock = clock;
        health = new ProviderHealth(limits);
    }

    /// Begins a request, unless the provider is down or has too many.
    boolean tryBegin(long nowMs) {
        return health.tryBegin(nowMs);
    }

    /// The request that has begun is not sent.
    void cancel() {
        health.cancel();
    }

    /// A request has not begun.
    void onSkipped() {
        skipped.increment();
    }

    /// Asks within the time, and checks the result. It must have begun.
    CompletableFuture<Travel> ask(TravelRequest request) {
        asked.increment();
        var exchange = start(request);
        return exchange.copy()
                .orTimeout(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(travel -> checked(travel, request))
                .whenComplete((travel, failure) -> {
                    if (travel != null || isNoWay(failure)) {
                        onAnswer();
                    } else {
                        exchange.cancel(true); // if it has not ended by itself
                        onFailure(failure);
                    }
                });
    }

    private CompletableFuture<Travel> start(TravelRequest request) {
        try {
            return provider.find(request);
        } catch (RuntimeException e) { // a bug of the provider must not lose a permit
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Travel checked(Travel travel, TravelRequest request) {
        var straight = request.straightMetres();
        var isTooFast = straight - STRAIGHT_TOLERANCE_METRES > METRES_PER_SECOND_MAX * travel.travelMs() / 1_000;
        if (isTooFast || travel.travelMs() > TRAVEL_MS_MAX) {
            throw new IllegalStateException("travel time: " + travel.travelMs() + " ms for " + Math.round(straight)
                    + " m along the straight line (expected: a plausible one)");
        }
        return travel;
    }

    private static boolean isNoWay(@Nullable Throwable failure) {
        return failure != null && Failures.cause(failure) instanceof NoWayException;
    }

    private void onAnswer() {
        if (health.succeeded()) {
            LOG.info("the provider of travel times answers again");
        }
    }

    private void onFailure(@Nullable Throwable failure) {
        failed.increment();
        if (health.failed(clock.millis())) {
            LOG.warn(
                    "the provider of travel times fails: {}; ETAs are computed without it, and it is asked again in {} s",
                    failure == null ? "no result" : Failures.cause(failure).toString(),
                    health.pause().toSeconds());
        } else {
            LOG.debug("a travel time was not found", failure);
        }
    }

    long askedCount() {
        return asked.sum();
    }

    long failedCount() {
        return failed.sum();
    }

    long skippedCount() {
        return skipped.sum();
    }

    boolean isDown() {
        return health.isDown();
    }

    @Override
    public void close() {
        provider.close();
    }
}
