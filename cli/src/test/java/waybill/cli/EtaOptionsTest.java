package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import waybill.directory.Vehicle;
import waybill.server.EtaConfig;
import waybill.server.routing.RoutingConfig;
import waybill.server.routing.RoutingKey;

class EtaOptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static EtaConfig config(Map<String, String> environment, String... options) {
        return CommandLine.populateCommand(new EtaOptions(), options).config(environment);
    }

    @Test
    void withoutOptionsNoServiceIsAsked() {
        assertThat(config(Map.of())).isEqualTo(EtaConfig.defaults());
    }

    @Test
    void osrmNeedsNoKey() {
        assertThat(config(Map.of(), "--routing", "osrm", "--routing-profile", "bike")
                        .routing())
                .isEqualTo(new RoutingConfig.Osrm(URI.create("http://localhost:5000"), "bike"));
    }

    @Test
    void aKeyIsReadFromTheEnvironmentOrAFile() throws IOException {
        var file = Files.writeString(folder.resolve("key"), "from-file\n");
        assertThat(config(Map.of("WAYBILL_ROUTING_KEY", "from-env"), "--routing", "google")
                        .routing())
                .isEqualTo(new RoutingConfig.Google(RoutingConfig.Google.BASE, new RoutingKey("from-env")));
        assertThat(config(Map.of(), "--routing", "mapbox", "--routing-key-file", file.toString())
                        .routing())
                .isEqualTo(new RoutingConfig.Mapbox(RoutingConfig.Mapbox.BASE, "driving", new RoutingKey("from-file")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--routing", "google"))
                .withMessage("routing: google without a key (expected: WAYBILL_ROUTING_KEY or --routing-key-file)");
    }

    @Test
    void roadsComeFromAFile() throws IOException {
        var map = Files.writeString(folder.resolve("town.osm"), "").toString();
        assertThat(config(Map.of(), "--osm-file", map).routing())
                .isEqualTo(new RoutingConfig.OsmFile(Path.of(map), Vehicle.CAR));
        assertThat(config(Map.of(), "--osm-file", map, "--osm-vehicle", "bicycle")
                        .routing())
                .isEqualTo(new RoutingConfig.OsmFile(Path.of(map), Vehicle.BICYCLE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--osm-file", map, "--osm-vehicle", "horse"))
                .withMessage("osm-vehicle: horse (expected: foot, bicycle, motorcycle, car or van)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--osm-file", map, "--routing", "osrm"))
                .withMessage("routing: osrm beside --osm-file (expected: one of them)");
    }
}
