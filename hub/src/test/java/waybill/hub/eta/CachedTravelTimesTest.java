package waybill.hub.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.eta.EtaSource;
import waybill.eta.LearntTravelTimes;
import waybill.eta.LegTimeModel;
import waybill.eta.NoWayException;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.eta.TravelTimeProvider;
import waybill.geo.Position;

/// The provider answers when the test says so.
class CachedTravelTimesTest {

    private static final Position DOOR = new Position(59.95, 10.75);
    private static final Position STORE = new Position(59.93, 10.75);

    private record Exchange(TravelRequest request, CompletableFuture<Travel> result) {}

    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<TravelRequest> newer = new ArrayList<>();
    private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));
    private boolean isClosed;
    private final LearntTravelTimes learnt = new LearntTravelTimes(new LegTimeModel(), ZoneOffset.UTC);
    private CachedTravelTimes times = start(RoutingLimits.defaults());

    private final class Provider implements TravelTimeProvider {
        @Override
        public CompletableFuture<Travel> find(TravelRequest request) {
            var exchange = new Exchange(request, new CompletableFuture<>());
            exchanges.add(exchange);
            return exchange.result;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private CachedTravelTimes start(RoutingLimits limits) {
        var started = new CachedTravelTimes(new Provider(), learnt, limits, () -> now);
        started.onNewer(newer::add);
        return started;
    }

    @AfterEach
    void close() {
        times.close();
        assertThat(isClosed).isTrue();
    }

    private TravelRequest request(String driver, double latitude) {
        return new TravelRequest(new Position(latitude, 10.75), DOOR, driver, now.toEpochMilli());
    }

    private void answer(int exchange, long minutes) {
        exchanges.get(exchange).result.complete(Travel.routed(minutes * 60_000, 3_000, List.of()));
    }

    private void fail(int exchange) {
        exchanges.get(exchange).result.completeExceptionally(new IllegalStateException("500"));
    }

    private double minutes(TravelRequest request) {
        return times.now(request).travelMs() / 60_000.0;
    }

    @Test
    void untilTheProviderAnswersTheHubsOwnTimeIsTheBest() {
        var request = request("kari", 59.93);
        assertThat(times.now(request)).isEqualTo(learnt.travel(request));
        assertThat(newer).isEmpty();
        answer(0, 25);

        assertThat(newer).containsExactly(request);
        assertThat(times.now(request).travelMs()).isEqualTo(25 * 60_000);
        assertThat(times.now(request).source()).isEqualTo(EtaSource.ROUTED);
        assertThat(exchanges).hasSize(1);
    }

    @Test
    void aRoutedTimeWithoutABandHasOneAsWideAsTheHubsOwn() {
        var request = request("kari", 59.93);
        times.now(request);
        answer(0, 20);
        var own = learnt.travel(request);
        var ownBand = Objects.requireNonNull(own.bandOrNone());
        var band = Objects.requireNonNull(times.now(request).bandOrNone());

        assertThat((double) band.highMs() / (20 * 60_000))
                .isCloseTo((double) ownBand.highMs() / own.travelMs(), within(0.01));
    }

    @Test
    void oneRequestAnswersAllDriversOfACell() {
        for (var driver = 0; driver < 100; driver++) {
            times.now(request("d" + driver, 59.93 + driver * 1e-6));
        }
        assertThat(exchanges).hasSize(1);
        answer(0, 25);
        assertThat(minutes(request("other", 59.93))).isCloseTo(25, within(0.1));
    }

    /// Positions come twice in a second; each of them is in another place.
    @Test
    void aDriverThatComesCloserKeepsItsRouteInProportion() {
        times.now(request("kari", 59.93));
        answer(0, 20);
        var before = 20.0;
        for (var latitude = 59.93; latitude < 59.949; latitude += 0.0005) {
            var remaining = minutes(request("kari", latitude));
            assertThat(remaining).isBetween(before - 0.6, before + 0.01);
            before = remaining;
        }
        assertThat(before).isLessThan(2);
        assertThat(exchanges).hasSize(1);
        now = now.plus(Duration.ofMinutes(1));
        times.now(request("kari", 59.94));
        assertThat(exchanges).as("asked again after a while").hasSize(2);
    }

    @Test
    void onlySoManyRequestsAreInFlight() {
        times = start(RoutingLimits.defaults().withRequestsMax(3));
        for (var i = 0; i < 50; i++) {
            var request = request("d" + i, 59 + i * 0.01);
            assertThat(times.now(request)).isEqualTo(learnt.travel(request));
        }
        assertThat(exchanges).hasSize(3);
        assertThat(times.skippedCount()).isEqualTo(47);
        answer(0, 90);
        times.now(request("d49", 59.49));
        assertThat(exchanges).hasSize(4);
    }

    @Test
    void aProviderThatFindsNoWayIsNotDown() {
        for (var i = 0; i < 2 * RoutingLimits.defaults().failuresMax(); i++) {
            times.now(request("d" + i, 59 + 0.1 * i));
            exchanges.get(i).result.completeExceptionally(new NoWayException("an island"));
        }
        assertThat(times.failedCount()).isZero();
        assertThat(times.skippedCount()).isZero();
    }

    @Test
    void aProviderThatIsDownIsLeftAloneForLongerAndLonger() {
        var perTry = new ArrayList<Integer>();
        for (var second = 0; second < 600; second++) {
            var before = exchanges.size();
            for (var i = 0; i < 20; i++) {
                times.now(request("d" + second + "-" + i, 59 + i * 0.01));
                fail(exchanges.size() - 1);
            }
            perTry.add(exchanges.size() - before);
            now = now.plusSeconds(1);
        }
        assertThat(perTry.getFirst()).as("then it is down").isEqualTo(5);
        assertThat(perTry.stream().skip(1)).allMatch(tried -> tried <= 1);
        assertThat(exchanges).hasSizeBetween(8, 14);
        assertThat(times.isProviderDown()).isTrue();

        now = now.plus(RoutingLimits.defaults().pauseMax());
        times.now(request("kari", 59.93));
        assertThat(exchanges.getLast().request.driverOrNone()).isEqualTo("kari");
        answer(exchanges.size() - 1, 25);
        assertThat(times.isProviderDown()).isFalse();
        assertThat(minutes(request("kari", 59.93))).isEqualTo(25);
    }

    /// A failing provider must not make an ETA jump to and fro.
    @Test
    void aRouteStaysInUseWhileTheProviderFails() {
        times.now(request("kari", 59.93));
        answer(0, 25);
        for (var minute = 1; minute < 15; minute++) {
            now = now.plus(Duration.ofMinutes(1));
            var request = new TravelRequest(STORE, DOOR, "kari", now.toEpochMilli());
            assertThat(minutes(request)).isEqualTo(25);
            if (!exchanges.getLast().result.isDone()) {
                fail(exchanges.size() - 1);
            }
        }
        now = now.plus(Duration.ofMinutes(1));
        assertThat(times.now(request("kari", 59.93)).source()).isEqualTo(EtaSource.LEARNT);
    }

    @Test
    void aWayThatCannotBeFoundIsNotAskedForWithEveryPosition() {
        for (var i = 0; i < 100; i++) {
            times.now(request("kari", 59.93 + i * 1e-4));
            if (i == 0) {
                fail(0);
            }
        }
        assertThat(exchanges).hasSize(1);
        now = now.plus(RoutingLimits.defaults().refreshAfter());
        times.now(request("kari", 59.93));
        assertThat(exchanges).hasSize(2);
    }

    @Test
    void anAbsurdTimeIsAFailure() {
        var request = request("kari", 59.93);
        times.now(request);
        exchanges.getFirst().result.complete(Travel.routed(1_000, 2_000, List.of()));
        assertThat(times.now(request).source()).isEqualTo(EtaSource.LEARNT);
        var other = request("ola", 59.90);
        times.now(other);
        exchanges.getLast().result.complete(Travel.routed(TimeUnit.DAYS.toMillis(2), 2_000, List.of()));
        assertThat(times.now(other).source()).isEqualTo(EtaSource.LEARNT);
        assertThat(times.failedCount()).isEqualTo(2);
    }

    @Test
    void aRequestThatTakesTooLongIsCancelled() {
        times = start(RoutingLimits.defaults().withTimeout(Duration.ofMillis(1)));
        var request = request("kari", 59.93);
        var travel = times.find(request).join();
        assertThat(travel).isEqualTo(learnt.travel(request));
        assertThat(exchanges.getFirst().result).isCancelled();
    }

    @Test
    void aProviderThatThrowsLosesNoPermit() {
        times = new CachedTravelTimes(
                new TravelTimeProvider() {
                    @Override
                    public CompletableFuture<Travel> find(TravelRequest request) {
                        throw new IllegalStateException("a bug");
                    }

                    @Override
                    public void close() {
                        isClosed = true;
                    }
                },
                learnt,
                RoutingLimits.defaults().withRequestsMax(1),
                () -> now);
        times.now(request("a", 59.1));
        times.now(request("b", 59.2));
        assertThat(times.failedCount()).isEqualTo(2);
    }

    @Test
    void aPathIsAskedForAnewAndFallsBackToNone() {
        var path = List.of(STORE, DOOR);
        var request = new TravelRequest(STORE, DOOR, null, now.toEpochMilli(), true);
        var found = times.find(request);
        exchanges.getFirst().result.complete(Travel.routed(600_000, 3_000, path));
        assertThat(found.join().path()).isEqualTo(path);
        var notFound = times.find(request);
        fail(1);
        assertThat(notFound.join().path()).isEmpty();
    }

    @Test
    void theCacheIsBounded() {
        var limits = RoutingLimits.defaults();
        for (var i = 0; i < limits.cacheMax() + 100; i++) {
            times.now(request("d" + i, 59.0 + i * 0.00004));
            if (!exchanges.getLast().result.isDone()) {
                exchanges.getLast().result.complete(Travel.routed(60 * 60_000, 100_000, List.of()));
            }
        }
        assertThat(times.cachedCount()).isLessThanOrEqualTo(2 * limits.cacheMax());
    }
}
