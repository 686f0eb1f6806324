package waybill.server.rest.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import waybill.geo.Position;
import waybill.server.identity.IdentityConfig;
import waybill.server.live.MovableClock;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.RestFixture;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;

/// An order whose driver reports positions, and the route that the API answers.
abstract class RouteScenario {

    static final String GPX = "http://www.topografix.com/GPX/1/1";
    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    final MovableClock clock = new MovableClock();

    @SuppressWarnings("NullAway.Init")
    RestFixture kit;

    @SuppressWarnings("NullAway.Init")
    ApiTestClient api;

    @BeforeEach
    void start() {
        kit = new RestFixture(data, IdentityConfig.development(), clock);
        api = ApiTestClient.of(kit);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    String readyOrder() {
        var id = api.place("customer:joe", "acme");
        api.status("merchant:acme", id, "accepted").is(200);
        api.status("merchant:acme", id, "ready_for_pickup").is(200);
        clock.advance(Duration.ofMinutes(1));
        return id;
    }

    String orderOf(String driver) {
        var id = readyOrder();
        api.status("driver:" + driver, id, "assigned_to_driver").is(200);
        return id;
    }

    /// The driver comes by a place, and some seconds pass.
    void drive(String driver, double latitude, double longitude, FixStatus verdict) {
        var nowMs = clock.millis();
        kit.store
                .trackLog()
                .append(new ClassifiedFix(
                        new Fix(driver, new Position(latitude, longitude), 90, Fix.UNKNOWN, 12.5, nowMs, nowMs),
                        verdict));
        clock.advance(Duration.ofSeconds(10));
    }

    void drive(String driver, double latitude) {
        drive(driver, latitude, 10.75, FixStatus.ACCEPTED);
    }

    ApiTestClient.Answer route(String id) {
        while (kit.store.trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
        return api.get("admin:root", "/orders/" + id + "/route").is(200);
    }

    ApiTestClient.Answer route(String id, String accept) {
        route(id); // so that all of it is written
        return api.request("GET", "admin:root", "/api/v1/orders/" + id + "/route", "", "accept", accept);
    }

    JsonNode geoJson(String id) {
        return route(id, "application/geo+json").is(200).body();
    }

    static List<String> values(JsonNode points, String name) {
        return points.valueStream().map(point -> point.path(name).asText()).toList();
    }

    static Document xml(String text) throws ParserConfigurationException, SAXException, IOException {
        var parsers = DocumentBuilderFactory.newDefaultNSInstance();
        return parsers.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
