package waybill.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.WebSettings;

/// The map behind the drivers, over the hub's port.
class BasemapTest {

    private static final String STREETS = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"road","class":"major"},
            "geometry":{"type":"LineString","coordinates":[[10.7,59.9],[10.8,59.9]]}}]}""";

    @TempDir
    private Path data;

    @Test
    void thePageNamesTheBasemapAndTheHubSendsIt() throws IOException, InterruptedException {
        var file = Files.writeString(data.resolve("streets.json"), STREETS);
        var config = Config.defaults(data.resolve("hub"))
                .withPorts(List.of(0))
                .withWeb(WebSettings.defaults().withBasemap(Optional.of(file)));
        try (var hub = WaybillServer.start(config);
                var http = HttpClient.newHttpClient()) {
            var root = "http://127.0.0.1:" + hub.addresses().getFirst().getPort() + "/dashboard";
            var page = http.send(HttpRequest.newBuilder(URI.create(root)).build(), BodyHandlers.ofString());
            assertThat(page.body()).contains("\"basemap\":\"/dashboard/basemap.json\"");
            var map = http.send(
                    HttpRequest.newBuilder(URI.create(root + "/basemap.json")).build(), BodyHandlers.ofString());
            assertThat(map.body()).isEqualTo(STREETS);
            assertThat(map.headers().firstValue("content-type")).contains("application/json");
        }
    }

    @Test
    void aBasemapThatCannotBeReadIsRefusedAtTheStart() {
        assertThatThrownBy(() -> Basemap.read(data.resolve("none.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.json (expected: a GeoJSON file");
    }
}
