package waybill.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.eta.EtaSource;
import waybill.eta.NoWayException;
import waybill.eta.TravelRequest;
import waybill.geo.Position;

class GraphHopperRoutingTest {

    private static final Position FROM = GridTown.crossing(2, 2);
    private static final Position TO = GridTown.crossing(2, 12);

    @TempDir
    private Path directory;

    private Path osmFile;
    private Path cache;

    @BeforeEach
    void drawATown() throws IOException {
        osmFile = GridTown.writeTo(directory.resolve("town.osm"));
        cache = directory.resolve("routing");
    }

    private GraphHopperRouting open(RoutingVehicle vehicle) {
        return GraphHopperRouting.open(osmFile, cache, vehicle, new CallingThread());
    }

    @Test
    void aCarFollowsTheStreets() {
        try (var routing = open(RoutingVehicle.CAR)) {
            var travel = routing.find(new TravelRequest(FROM, GridTown.crossing(12, 12), null, 0, true))
                    .join();
            var metres = FROM.metresTo(GridTown.crossing(12, 2)) + FROM.metresTo(TO);
            assertThat(travel.metres()).isCloseTo(metres, within(metres / 50));
            assertThat(travel.travelMs() / 1_000.0)
                    .isBetween(metres / (GridTown.KMH / 3.6), metres / (GridTown.KMH / 3.6) * 1.4);
            assertThat(travel.source()).isEqualTo(EtaSource.ROUTED);
            assertThat(travel.path()).hasSizeGreaterThan(2);
            assertThat(travel.path().getFirst().metresTo(FROM)).isLessThan(5);
        }
    }

    @Test
    void theWayIsLeftOutUnlessItIsAskedFor() {
        try (var routing = open(RoutingVehicle.CAR)) {
            assertThat(routing.find(new TravelRequest(FROM, TO, null, 0)).join().path())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyVehicleHasAModel(RoutingVehicle vehicle) {
        try (var routing = open(vehicle)) {
            assertThat(routing.find(new TravelRequest(FROM, TO, null, 0)).join().travelMs())
                    .isPositive();
        }
    }

    @Test
    void walkingTakesLongerThanDriving() {
        try (var driving = open(RoutingVehicle.CAR);
                var walking = open(RoutingVehicle.FOOT)) {
            var way = new TravelRequest(FROM, TO, null, 0);
            assertThat(walking.find(way).join().travelMs())
                    .isGreaterThan(3 * driving.find(way).join().travelMs());
        }
    }

    @Test
    void aPlaceFarFromTheMapFails() {
        try (var routing = open(RoutingVehicle.CAR)) {
            assertThatThrownBy(() -> routing.find(new TravelRequest(FROM, new Position(52, 13), null, 0))
                            .join())
                    .hasCauseInstanceOf(NoWayException.class)
                    .hasMessageContaining("out of bounds");
        }
    }

    @Test
    void aRestartReadsWhatWasImported() throws IOException {
        open(RoutingVehicle.CAR).close();
        var before = onlyGraph();
        var imported = Files.getLastModifiedTime(before.resolve("nodes"));
        try (var again = open(RoutingVehicle.CAR)) {
            assertThat(again.find(new TravelRequest(FROM, TO, null, 0)).join().travelMs())
                    .isPositive();
        }
        assertThat(onlyGraph()).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(before.resolve("nodes"))).isEqualTo(imported);
    }

    @Test
    void anImportThatWasCutShortIsDoneAgain() throws IOException {
        open(RoutingVehicle.CAR).close();
        var complete = onlyGraph();
        var unfinished = complete.resolveSibling(complete.getFileName() + ".unfinished");
        Files.move(complete, unfinished);
        Files.delete(unfinished.resolve("edges"));
        try (var routing = open(RoutingVehicle.CAR)) {
            assertThat(routing.find(new TravelRequest(FROM, TO, null, 0)).join().travelMs())
                    .isPositive();
        }
        assertThat(onlyGraph()).isEqualTo(complete);
    }

    @Test
    void aNewerFileReplacesTheGraphOfTheOldOne() throws IOException {
        open(RoutingVehicle.CAR).close();
        var before = onlyGraph();
        Files.setLastModifiedTime(osmFile, FileTime.fromMillis(1_000));
        open(RoutingVehicle.CAR).close();
        assertThat(onlyGraph()).isNotEqualTo(before);
    }

    @Test
    void aFileThatIsNoMapLeavesTheHubWithoutRoads() throws IOException {
        Files.writeString(osmFile, "no map");
        try (var routing = open(RoutingVehicle.CAR)) {
            assertThatThrownBy(() ->
                            routing.find(new TravelRequest(FROM, TO, null, 0)).join())
                    .hasMessageContaining("Could not parse OSM file");
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        osmFile = directory.resolve("missing.osm.pbf");
        assertThatThrownBy(() -> open(RoutingVehicle.CAR))
                .hasMessage("osmFile: " + osmFile + " (expected: a file that can be read)");
    }

    @Test
    void aRequestAfterTheEndFails() {
        var routing = open(RoutingVehicle.CAR);
        routing.close();
        assertThat(routing.find(new TravelRequest(FROM, TO, null, 0))).isCompletedExceptionally();
    }

    private Path onlyGraph() throws IOException {
        List<Path> graphs;
        try (var entries = Files.list(cache)) {
            graphs = entries.toList();
        }
        assertThat(graphs).hasSize(1);
        return graphs.getFirst();
    }
}
