package waybill.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.Vehicle;
import waybill.geo.Position;
import waybill.server.EtaConfig;
import waybill.server.rest.ApiTestClient;

/// The ETA of a hub that has the roads of an OpenStreetMap file.
class OsmFileTest {

    private static final double STEP_DEGREES = 0.001;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    /// The only road from the driver to the customer, who are three kilometres apart, goes round a lake: 25 km.
    private static List<Position> roadRoundTheLake() {
        var road = new ArrayList<Position>();
        for (var east = 10.75; east < 10.95; east += STEP_DEGREES) {
            road.add(new Position(59.94, east));
        }
        for (var north = 59.94; north > 59.91; north -= STEP_DEGREES) {
            road.add(new Position(north, 10.95));
        }
        for (var east = 10.95; east > 10.75; east -= STEP_DEGREES) {
            road.add(new Position(59.91, east));
        }
        return road;
    }

    private static Path write(List<Position> road, Path file) throws IOException {
        var nodes = new StringBuilder("<osm version='0.6'>");
        var way = new StringBuilder("<way id='1' version='1'>");
        for (var i = 0; i < road.size(); i++) {
            nodes.append("<node id='%d' lat='%s' lon='%s' version='1'/>"
                    .formatted(i + 1, road.get(i).latitude(), road.get(i).longitude()));
            way.append("<nd ref='%d'/>".formatted(i + 1));
        }
        way.append("<tag k='highway' v='secondary'/><tag k='maxspeed' v='50'/></way></osm>");
        return Files.writeString(file, nodes.append(way));
    }

    private ApiTestClient start(Path map) {
        return ApiTestClient.start(
                data,
                config -> config.withRest(config.rest().withRates(0, 0))
                        .withEta(EtaConfig.defaults().withRouting(new RoutingConfig.OsmFile(map, Vehicle.CAR))));
    }

    @Test
    void theEtaFollowsTheRoadAlsoAfterARestart() throws IOException {
        var map = write(roadRoundTheLake(), data.resolve("lake.osm"));
        try (var api = start(map)) {
            assertThat(routedMinutes(api, RoutedEtaTest.inTransit(api))).isBetween(28, 45);
        }
        try (var api = start(map)) {
            assertThat(routedMinutes(api, RoutedEtaTest.inTransit(api))).isBetween(28, 45);
        }
    }

    private static int routedMinutes(ApiTestClient api, String id) {
        return RoutedEtaTest.routed(api, id).body().path("etaMinutes").asInt();
    }

    @Test
    void aMapWithoutTheseRoadsLeavesTheHubsOwnEta() throws IOException {
        var elsewhere = roadRoundTheLake().stream()
                .map(place -> new Position(place.latitude() - 20, place.longitude()))
                .toList();
        try (var api = start(write(elsewhere, data.resolve("elsewhere.osm")))) {
            var id = RoutedEtaTest.inTransit(api);
            api.awaitMetric("waybill_routing_requests_total 1.0");
            assertThat(RoutedEtaTest.tracking(api, id).text("etaSource")).isEqualTo("learnt");
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        var missing = data.resolve("missing.osm.pbf");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RoutingConfig.OsmFile(missing, Vehicle.CAR))
                .withMessage("osm-file: " + missing + " (expected: a file that can be read)");
    }
}
