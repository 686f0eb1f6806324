package waybill.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.eta.EtaSource;
import waybill.eta.LearntTravelTimes;
import waybill.eta.LegTimeModel;
import waybill.eta.NoWayException;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.eta.TravelTimeProvider;
import waybill.geo.Position;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.eta.RoutingLimits;

/// Each protocol against a service on this machine, and what a service that is slow, wrong or down does to travel
/// times.
class HttpRoutingTest {

    private static final Position STORE = new Position(59.93, 10.75);
    private static final Position DOOR = new Position(59.95, 10.76);
    private static final RoutingKey KEY = new RoutingKey("k-123-secret");
    private static final long TIMEOUT_S = 30;

    private final TestRoutingService service = new TestRoutingService();
    private final LearntTravelTimes learnt = new LearntTravelTimes(new LegTimeModel(), ZoneOffset.UTC);

    @AfterEach
    void close() {
        service.close();
    }

    private static TravelRequest request(boolean needsPath) {
        return new TravelRequest(STORE, DOOR, "kari", 0, needsPath);
    }

    private static Travel find(RoutingConfig.Service config, boolean needsPath) {
        try (TravelTimeProvider provider = config.open()) {
            return provider.find(request(needsPath))
                    .orTimeout(TIMEOUT_S, TimeUnit.SECONDS)
                    .join();
        }
    }

    @Test
    void osrmIsAskedByItsHttpApi() {
        service.answersRoute(421);
        var travel = find(new RoutingConfig.Osrm(service.base(), "bike"), false);

        assertThat(travel).isEqualTo(Travel.routed(421_000, 3_100.5, List.of()));
        assertThat(service.received.getFirst().uri())
                .isEqualTo("/route/v1/bike/10.750000,59.930000;10.760000,59.950000?overview=false");
    }

    @Test
    void aPathIsAskedForAsGeoJson() {
        service.answers(200, """
                {"code": "Ok", "routes": [{"duration": 421.26, "distance": 3100,
                 "geometry": {"type": "LineString", "coordinates": [[10.75, 59.93], [10.755, 59.94], [10.76, 59.95]]}}]}""");
        var travel = find(new RoutingConfig.Osrm(service.base(), "driving"), true);

        assertThat(travel.travelMs()).isEqualTo(421_260);
        assertThat(travel.path()).containsExactly(STORE, new Position(59.94, 10.755), DOOR);
        assertThat(service.received.getFirst().uri()).endsWith("?overview=full&geometries=geojson");
    }

    @Test
    void mapboxIsAskedWithItsToken() {
        service.answersRoute(300);
        assertThat(find(new RoutingConfig.Mapbox(service.base(), "driving-traffic", KEY), false)
                        .travelMs())
                .isEqualTo(300_000);
        assertThat(service.received.getFirst().uri())
                .isEqualTo("/directions/v5/mapbox/driving-traffic/10.750000,59.930000;10.760000,59.950000"
                        + "?overview=false&access_token=k-123-secret");
    }

    @Test
    void googleRoutesIsAskedWithItsKeyAndItsFields() {
        service.answers(200, """
                {"routes": [{"duration": "165.5s", "distanceMeters": 1234, "polyline":
                 {"geoJsonLinestring": {"type": "LineString", "coordinates": [[10.75, 59.93], [10.76, 59.95]]}}}]}""");
        var travel = find(new RoutingConfig.Google(service.base(), KEY), true);

        assertThat(travel).isEqualTo(Travel.routed(165_500, 1_234, List.of(STORE, DOOR)));
        var received = service.received.getFirst();
        assertThat(received.method() + " " + received.uri()).isEqualTo("POST /directions/v2:computeRoutes");
        assertThat(received.key()).isEqualTo("k-123-secret");
        assertThat(received.fields())
                .isEqualTo("routes.duration,routes.distanceMeters,routes.polyline.geoJsonLinestring");
        assertThat(received.body())
                .contains("\"origin\":{\"location\":{\"latLng\":{\"latitude\":59.93,\"longitude\":10.75}}}")
                .contains("\"travelMode\":\"DRIVE\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            429 | {"message": "Too Many Requests"} | status 429 (expected: 200)
            500 | oops | status 500 (expected: 200)
            200 | <html> | response: not JSON (expected: JSON)
            200 | {"code": "InvalidQuery"} | code: InvalidQuery (expected: Ok)
            400 | {"code": "InvalidOptions"} | code: InvalidOptions (expected: Ok)
            200 | {"code": "Ok", "routes": []} | routes: none (expected: one)
            200 | {"code": "Ok", "routes": [{"duration": -5, "distance": 1}]} | duration: missing or below 0 (expected: a number)
            200 | {"code": "Ok", "routes": [{"duration": "5", "distance": 1}]} | duration: missing or below 0 (expected: a number)
            200 | [] | code: missing (expected: Ok)
            """)
    void anAnswerThatIsNoRouteFailsAndNamesWhatWasExpected(int status, String body, String message) {
        service.answers(status, body);
        assertThatThrownBy(() -> find(new RoutingConfig.Mapbox(service.base(), "driving", KEY), false))
                .cause()
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"200, NoRoute", "400, NoRoute", "400, NoSegment"})
    void thatThereIsNoWayIsAnAnswer(int status, String code) {
        service.answers(status, "{\"code\": \"" + code + "\"}");
        assertThatThrownBy(() -> find(new RoutingConfig.Osrm(service.base(), "driving"), false))
                .hasCauseInstanceOf(NoWayException.class)
                .cause()
                .hasMessage("no way: " + code);
    }

    @Test
    void noMessageHoldsTheKey() {
        service.close();
        assertThatThrownBy(() -> find(new RoutingConfig.Mapbox(service.base(), "driving", KEY), false))
                .satisfies(thrown ->
                        assertThat(thrown.toString() + thrown.getCause()).doesNotContain(KEY.value()));
        assertThat(new RoutingConfig.Google(service.base(), KEY).toString()).doesNotContain(KEY.value());
    }

    /// Each travel has an answer at once, and no more requests than the limit are in flight.
    @Test
    void aSlowServiceDelaysNothing() {
        var held = service.hold();
        service.answersRoute(900);
        var limits = RoutingLimits.defaults().withRequestsMax(4).withTimeout(Duration.ofSeconds(TIMEOUT_S));
        var provider = new RoutingConfig.Osrm(service.base(), "driving").open();
        try (var times = new CachedTravelTimes(provider, learnt, limits, InstantSource.system())) {
            for (var i = 0; i < 200; i++) {
                var request = new TravelRequest(new Position(59 + i * 0.004, 10.75), DOOR, "d" + i, 0);
                assertThat(times.now(request)).isEqualTo(learnt.travel(request));
            }
            assertThat(times.askedCount()).isEqualTo(4);
            held.complete(null);
            assertThat(times.find(new TravelRequest(new Position(59, 10.75), DOOR, "d0", 0))
                            .orTimeout(TIMEOUT_S, TimeUnit.SECONDS)
                            .join())
                    .isNotNull();
            assertThat(service.mostAtOnce.get()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aServiceThatNeverAnswersIsGivenUpAfterTheTimeout() {
        service.hold();
        var limits = RoutingLimits.defaults().withTimeout(Duration.ofMillis(50));
        var provider = new RoutingConfig.Osrm(service.base(), "driving").open();
        try (var times = new CachedTravelTimes(provider, learnt, limits, InstantSource.system())) {
            assertThat(times.find(request(false)).join()).isEqualTo(learnt.travel(request(false)));
            assertThat(times.failedCount()).isEqualTo(1);
        }
    }

    @Test
    void anAbsurdDurationIsNotBelieved() {
        service.answersRoute(1);
        var provider = new RoutingConfig.Osrm(service.base(), "driving").open();
        try (var times = new CachedTravelTimes(provider, learnt, RoutingLimits.defaults(), InstantSource.system())) {
            assertThat(times.find(request(false)).join().source()).isEqualTo(EtaSource.LEARNT);
        }
    }

    @Test
    void settingsThatCannotBeRightAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RoutingConfig.Osrm(URI.create("localhost:5000"), "driving"))
                .withMessage("routing-url: localhost:5000 (expected: such as http://localhost:5000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RoutingConfig.Osrm(service.base(), "../x"))
                .withMessageContaining("routing-profile: ../x");
        assertThatIllegalArgumentException().isThrownBy(() -> new RoutingKey(" "));
    }
}
