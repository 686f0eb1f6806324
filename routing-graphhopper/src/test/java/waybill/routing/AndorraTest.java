package waybill.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.geo.Position;

/// Routes on a real country: `-Dwaybill.osm=andorra.osm.pbf` names an extract of OpenStreetMap that has Andorra in it.
@EnabledIfSystemProperty(
        named = "waybill.osm",
        matches = ".+",
        disabledReason = "no map of Andorra is given by -Dwaybill.osm")
class AndorraTest {

    private static final Position ANDORRA_LA_VELLA = new Position(42.5063, 1.5218);
    private static final Position PAS_DE_LA_CASA = new Position(42.5430, 1.7330);

    @TempDir
    private Path cache;

    @Test
    void theRoadOverTheMountainsTakesHalfAnHourAlsoAfterARestart() {
        var first = drive();
        assertThat(first.metres()).isBetween(28_000.0, 36_000.0);
        assertThat(first.travelMs() / 60_000.0).isBetween(25.0, 40.0);
        assertThat(first.path()).hasSizeGreaterThan(100);
        assertThat(drive()).isEqualTo(first);
    }

    private Travel drive() {
        var osmFile = Path.of(System.getProperty("waybill.osm"));
        try (var routing = GraphHopperRouting.open(osmFile, cache, RoutingVehicle.CAR, new CallingThread())) {
            return routing.find(new TravelRequest(ANDORRA_LA_VELLA, PAS_DE_LA_CASA, null, 0, true))
                    .join();
        }
    }
}
