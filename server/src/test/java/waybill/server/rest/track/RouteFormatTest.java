package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import waybill.geo.Position;
import waybill.hub.position.DrivenRoute;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;

/// The route of an order, in each of its formats.
class RouteFormatTest extends RouteScenario {

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
}
