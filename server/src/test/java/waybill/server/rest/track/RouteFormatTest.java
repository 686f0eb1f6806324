package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import waybill.geo.Position;
import waybill.hub.position.DrivenRoute;
import waybill.server.identity.IdentityConfig;
import waybill.server.live.MovableClock;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.RestFixture;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;

/// What was driven for an order, in each of its forms, and who may see it.
class RouteFormatTest {

    private static final String GPX = "http://www.topografix.com/GPX/1/1";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final MovableClock clock = new MovableClock();

    @SuppressWarnings("NullAway.Init")
    private RestFixture kit;

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    @BeforeEach
    void start() {
        kit = new RestFixture(data, IdentityConfig.development(), clock);
        api = ApiTestClient.of(kit);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String readyOrder() {
        var id = api.place("customer:joe", "acme");
        api.status("merchant:acme", id, "accepted").is(200);
        api.status("merchant:acme", id, "ready_for_pickup").is(200);
        clock.advance(Duration.ofMinutes(1));
        return id;
    }

    private String orderOf(String driver) {
        var id = readyOrder();
        api.status("driver:" + driver, id, "assigned_to_driver").is(200);
        return id;
    }

    /// The driver comes by a place, and some seconds pass.
    private void drive(String driver, double latitude, double longitude, FixStatus verdict) {
        var nowMs = clock.millis();
        kit.store
                .trackLog()
                .append(new ClassifiedFix(
                        new Fix(driver, new Position(latitude, longitude), 90, Fix.UNKNOWN, 12.5, nowMs, nowMs),
                        verdict));
        clock.advance(Duration.ofSeconds(10));
    }

    private void drive(String driver, double latitude) {
        drive(driver, latitude, 10.75, FixStatus.ACCEPTED);
    }

    private ApiTestClient.Answer route(String id) {
        while (kit.store.trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
        return api.get("admin:root", "/orders/" + id + "/route").is(200);
    }

    private ApiTestClient.Answer route(String id, String accept) {
        route(id); // so that all of it is written
        return api.request("GET", "admin:root", "/api/v1/orders/" + id + "/route", "", "accept", accept);
    }

    private JsonNode geoJson(String id) {
        return route(id, "application/geo+json").is(200).body();
    }

    private static List<String> values(JsonNode points, String name) {
        return points.valueStream().map(point -> point.path(name).asText()).toList();
    }

    @Test
    void theCustomerAndTheStoreSeeTheWayFromThePickupUntilTheEnd() {
        var id = orderOf("kari");
        drive("kari", 59.91);
        api.status("driver:kari", id, "picked_up").is(200);
        drive("kari", 59.92);
        api.status("driver:kari", id, "in_transit").is(200);
        drive("kari", 59.93);
        api.patch(
                        "driver:kari",
                        "/api/v1/orders/" + id + "/status",
                        "{\"status\": \"failed\", \"reason\": \"nobody home\"}")
                .is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.94);
        assertThat(values(route(id).body().path("points"), "latitude"))
                .containsExactly("59.91", "59.92", "59.93", "59.94");
        for (var who : List.of("customer:joe", "merchant:acme")) {
            var seen = api.get(who, "/orders/" + id + "/route").is(200).body().path("points");
            assertThat(values(seen, "latitude")).as(who).containsExactly("59.92", "59.93");
        }
    }

    @Test
    void aWayOverTheMeridianOf180DegreesIsCutThere() {
        var id = orderOf("kari");
        drive("kari", -16.5, 179.99, FixStatus.ACCEPTED);
        drive("kari", -16.7, -179.99, FixStatus.ACCEPTED);
        var geometry = geoJson(id).path("geometry");
        assertThat(geometry.path("type").asText()).isEqualTo("MultiLineString");
        assertThat(geometry.at("/coordinates/0/1/0").asDouble()).isEqualTo(180);
        assertThat(geometry.at("/coordinates/1/0/0").asDouble()).isEqualTo(-180);
        assertThat(geometry.at("/coordinates/1/0/1").asDouble()).isBetween(-16.61, -16.59);
    }

    @Test
    void theWayIsThatOfTheDriverFromItsAssignmentUntilTheOrderIsOver() {
        var id = readyOrder();
        drive("kari", 59.90);
        api.status("driver:kari", id, "assigned_to_driver").is(200);
        drive("kari", 59.91);
        drive("ola", 59.99);
        for (var status : List.of("picked_up", "in_transit")) {
            api.status("driver:kari", id, status).is(200);
        }
        drive("kari", 59.92);
        assertThat(route(id).body().path("points")).hasSize(2);
        drive("kari", 59.93);
        api.status("driver:kari", id, "delivered").is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.94);

        var route = route(id).body();

        assertThat(values(route.path("points"), "latitude")).containsExactly("59.91", "59.92", "59.93");
        assertThat(route.path("orderId").asText()).isEqualTo(id);
        assertThat(route.path("orderNumber").asText()).startsWith("WB-");
        assertThat(route.path("distanceMetres").asInt()).isBetween(2_222, 2_226);
        assertThat(route.path("thinned").asBoolean(true)).isFalse();
        assertThat(route.path("complete").asBoolean(false)).isTrue();
        var point = route.path("points").path(0);
        assertThat(point.path("driverId").asText()).isEqualTo("kari");
        assertThat(point.path("longitude").asDouble()).isEqualTo(10.75);
        assertThat(point.path("heading").asDouble()).isEqualTo(90);
        assertThat(point.has("speed")).as("nobody said").isFalse();
        assertThat(point.path("accuracy").asDouble()).isEqualTo(12.5);
        assertThat(point.path("recordedAt").asText()).isEqualTo("2026-01-31T12:01:10.000Z");
        assertThat(point.path("receivedAt").asText()).isEqualTo("2026-01-31T12:01:10.000Z");
        assertThat(point.path("plausible").asBoolean(false)).isTrue();
    }

    @Test
    void theRouteOfAReassignedDriverEndsAtTheReassignment() throws Exception {
        var id = orderOf("kari");
        drive("kari", 59.91);
        drive("kari", 59.92);
        api.post("merchant:acme", "/orders/" + id + "/assign", "{\"driverId\": \"ola\"}")
                .is(200);
        clock.advance(Duration.ofMillis(1));
        drive("kari", 59.93);
        drive("ola", 59.70);
        drive("ola", 59.71);

        var route = route(id).body();
        assertThat(values(route.path("points"), "driverId")).containsExactly("kari", "kari", "ola", "ola");
        assertThat(route.path("distanceMetres").asInt())
                .as("nobody drove from one to the other")
                .isBetween(2_222, 2_226);
        assertThat(geoJson(id).path("geometry")).isEqualTo(JSON.readTree("""
                        {"type": "MultiLineString",
                         "coordinates": [[[10.75, 59.91], [10.75, 59.92]], [[10.75, 59.7], [10.75, 59.71]]]}"""));
        var gpx = xml(route(id, "application/gpx+xml").is(200).http().body());
        var segments = gpx.getElementsByTagNameNS(GPX, "trkseg");
        assertThat(segments.getLength()).isEqualTo(2);
        assertThat(((Element) segments.item(1))
                        .getElementsByTagNameNS(GPX, "trkpt")
                        .getLength())
                .isEqualTo(2);
    }

    @Test
    void aMapIsDrawnAPointALineOrNothing() throws JsonProcessingException {
        var id = orderOf("kari");
        assertThat(geoJson(id).path("type").asText()).isEqualTo("Feature");
        assertThat(geoJson(id).path("geometry").isNull()).isTrue();
        drive("kari", 59.91);
        assertThat(geoJson(id).path("geometry"))
                .isEqualTo(JSON.readTree("{\"type\": \"Point\", \"coordinates\": [10.75, 59.91]}"));
        drive("kari", 59.92);
        assertThat(geoJson(id).path("geometry")).isEqualTo(JSON.readTree("""
                {"type": "LineString", "coordinates": [[10.75, 59.91], [10.75, 59.92]]}"""));
        var properties = geoJson(id).path("properties");
        assertThat(properties.path("orderId").asText()).isEqualTo(id);
        assertThat(properties.path("distanceMetres").asInt()).isBetween(1_111, 1_113);
    }

    @Test
    void programsForToursGetAWellFormedTrack() throws Exception {
        var id = orderOf("kari");
        drive("kari", 0.00001, 180, FixStatus.ACCEPTED);
        drive("kari", -0.0002, -179.99, FixStatus.ACCEPTED);
        var answer = route(id, "application/gpx+xml").is(200);
        assertThat(answer.header("content-type")).contains("application/gpx+xml");
        var gpx = xml(answer.http().body()).getDocumentElement();
        assertThat(gpx.getNamespaceURI()).isEqualTo(GPX);
        assertThat(gpx.getLocalName()).isEqualTo("gpx");
        assertThat(gpx.getAttribute("version")).isEqualTo("1.1");
        assertThat(gpx.getAttribute("creator")).isEqualTo("Waybill");
        var track = (Element) gpx.getFirstChild();
        assertThat(track.getLocalName()).isEqualTo("trk");
        assertThat(track.getFirstChild().getTextContent()).startsWith("WB-");
        var points = track.getElementsByTagNameNS(GPX, "trkpt");
        var first = (Element) points.item(0);
        assertThat(first.getAttribute("lat")).as("without an exponent").isEqualTo("0.000010");
        assertThat(first.getAttribute("lon")).as("where 180 ends").isEqualTo("-180.0");
        assertThat(first.getFirstChild().getLocalName()).isEqualTo("time");
        assertThat(first.getTextContent()).isEqualTo("2026-01-31T12:01:00.000Z");
        assertThat(((Element) points.item(1)).getAttribute("lat")).isEqualTo("-0.00020");
    }

    @Test
    void implausiblePointsAreMarkedAndLeftOutOfGeometries() throws Exception {
        var id = orderOf("kari");
        drive("kari", 59.91);
        drive("kari", 0, 0, FixStatus.IMPLAUSIBLE);
        drive("kari", 59.92);
        var route = route(id).body();
        assertThat(values(route.path("points"), "plausible")).containsExactly("true", "false", "true");
        assertThat(route.path("distanceMetres").asInt()).isBetween(1_111, 1_113);
        assertThat(geoJson(id).at("/geometry/coordinates")).hasSize(2);
        var gpx = xml(route(id, "application/gpx+xml").is(200).http().body());
        assertThat(gpx.getElementsByTagNameNS(GPX, "trkpt").getLength()).isEqualTo(2);
    }

    @Test
    void theFormIsTheOneLikedBestOrTheOneNamed() {
        var id = orderOf("kari");
        var byAccept = Map.of(
                "*/*", "application/json",
                "text/html,application/xhtml+xml,*/*;q=0.8", "application/json",
                "application/geo+json", "application/geo+json",
                "application/json;q=0.2, application/gpx+xml;q=0.9", "application/gpx+xml");
        byAccept.forEach((accept, type) -> assertThat(route(id, accept).is(200).header("content-type"))
                .as(accept)
                .contains(type));
        var byWord = Map.of(
                "json", "application/json",
                "geojson", "application/geo+json",
                "gpx", "application/gpx+xml");
        byWord.forEach((word, type) -> assertThat(api.request(
                                "GET", "customer:joe", "/orders/" + id + "/route?format=" + word, "", "accept", "*/*")
                        .is(200)
                        .header("content-type"))
                .contains(type));
        assertThat(api.get("customer:joe", "/orders/" + id + "/route?format=kml")
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("format: \"kml\" (expected: json, geojson or gpx)");
        assertThat(route(id, "text/csv").isProblem(406, "invalid").text("detail"))
                .isEqualTo("Accept: no supported media type"
                        + " (expected: application/json, application/geo+json or application/gpx+xml)");
    }

    @Test
    void onlyPartiesOfTheOrderSeeItsRoute() {
        var id = orderOf("kari");
        api.post("merchant:acme", "/orders/" + id + "/assign", "{\"driverId\": \"ola\"}")
                .is(200);
        var path = "/orders/" + id + "/route";
        for (var who : List.of("customer:joe", "merchant:acme", "driver:ola", "admin:root", "support:sue")) {
            api.get(who, path).is(200);
        }
        for (var who : List.of("customer:eve", "merchant:flowers", "driver:kari")) {
            api.get(who, path).isProblem(403, "forbidden");
        }
        api.get("", path).isProblem(401, "unauthenticated");
        api.get("customer:joe", "/orders/00000000-0000-7000-8000-000000000000/route")
                .isProblem(404, "not_found");
    }

    @Test
    void ofALongWayEveryOtherPointIsShown() {
        var id = orderOf("kari");
        var startMs = clock.millis();
        IntStream.range(0, DrivenRoute.POINTS_MAX + 1).forEach(i -> {
            var at = new Position(i / 1_000.0, 0);
            var atMs = startMs + 20_000L * i;
            kit.store
                    .trackLog()
                    .append(new ClassifiedFix(
                            new Fix("kari", at, Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, atMs, atMs),
                            FixStatus.ACCEPTED));
        });
        var route = route(id).body();
        assertThat(route.path("points").size()).isEqualTo(DrivenRoute.POINTS_MAX / 2 + 1);
        assertThat(route.path("thinned").asBoolean(false)).isTrue();
        assertThat(route.path("complete").asBoolean(false)).isTrue();
        assertThat(route.path("distanceMetres").asInt()).isBetween(1_111_000, 1_113_000);
    }

    private static Document xml(String text) throws ParserConfigurationException, SAXException, IOException {
        var parsers = DocumentBuilderFactory.newDefaultNSInstance();
        return parsers.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
