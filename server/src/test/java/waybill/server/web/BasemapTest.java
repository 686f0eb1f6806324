package waybill.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.WebSettings;

/// The map behind the drivers, over the hub's port.
class BasemapTest {

    private static final String STREETS = """
            {"type":"FeatureCollection","attribution":"© Surveyors","features":[
            {"type":"Feature","properties":{"kind":"road","class":"major","name":"Karl Johans gate"},
            "geometry":{"type":"LineString","coordinates":[[10.7,59.9],[10.8,59.9]]}},
            {"geometry":{"coordinates":[[[11,60.2],[11.3,60.2,7.5]],[[11,60.1],[11,60.2]]],"type":"MultiLineString"},
            "properties":{"kind":"road","class":"minor","name":"Øvre vei"},"type":"Feature"},
            {"type":"Feature","properties":{"kind":"park","name":"Park"},
            "geometry":{"type":"Polygon","coordinates":[[[11.1,60.2],[11.2,60.2],[11.2,60.3],[11.1,60.2]]]}},
            {"type":"Feature","properties":{"kind":"building","name":"House"},
            "geometry":{"type":"MultiPolygon","coordinates":[[[[11.0,60.2],[11.1,60.2],[11.1,60.21],[11.0,60.2]]]]}},
            {"type":"Feature","properties":{"kind":"park","name":"Elsewhere"},"geometry":null},
            {"type":"Feature","properties":{"kind":"place","class":"store","name":"Far"},
            "geometry":{"type":"Point","coordinates":[170,-40]}},
            {"type":"Feature","properties":{"kind":"place","class":"store","name":"%s"},
            "geometry":{"type":"Point","coordinates":[171,-40]}}]}""".formatted("Longer than the rest ".repeat(200));

    @TempDir
    private Path data;

    @Test
    void thePageNamesTheBasemapAndTheHubSendsItOrACut() throws IOException, InterruptedException {
        var file = Files.writeString(data.resolve("streets.json"), STREETS);
        var config = Config.defaults(data.resolve("hub"))
                .withPorts(List.of(0))
                .withWeb(WebSettings.defaults().withBasemap(Optional.of(file)));
        try (var hub = WaybillServer.start(config)) {
            var root = "http://127.0.0.1:" + hub.addresses().getFirst().getPort() + "/dashboard";
            assertThat(get(root).body())
                    .contains("\"basemap\":\"/dashboard/basemap.json\"", "\"attribution\":\"© Surveyors\"");
            var map = get(root + "/basemap.json");
            assertThat(map.body()).isEqualTo(STREETS);
            assertThat(map.headers().firstValue("content-type")).contains("application/json");
            var cut = get(root + "/basemap.json?bounds=10.75,59.85,10.85,59.95");
            assertThat(cut.body()).startsWith("{\"type\":\"FeatureCollection\",\"attribution\":\"© Surveyors\"");
            assertThat(names(cut.body())).containsExactly("Karl Johans gate");
            assertThat(get(root + "/basemap.json?bounds=10.75,59.85").statusCode())
                    .isEqualTo(400);
        }
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        }
    }

    private static List<String> names(String geoJson) {
        return new JsonObject(geoJson)
                .getJsonArray("features").stream()
                        .map(feature -> ((JsonObject) feature)
                                .getJsonObject("properties")
                                .getString("name"))
                        .toList();
    }

    @Test
    void aCutHasWhatIsWithinItsBoundsInPart() {
        assertThat(cut("10.9,60.19,11.3,60.21")).containsExactly("Øvre vei", "Park", "House");
        assertThat(cut("11.15,60.225,11.19,60.235")).containsExactly("Park");
        assertThat(cut("-10,-10,-9,-9")).isEmpty();
    }

    @Test
    void theBoundsOfACutAreWidenedSoThatNeighboursShareIt() {
        var map = map(STREETS);
        assertThat(map.cut(bounds("10.761,59.891,10.779,59.899")))
                .isSameAs(map.cut(bounds("10.765,59.893,10.771,59.899")));
    }

    @Test
    void aCutOfMostOfTheMapIsTheMap() {
        var map = map(STREETS);
        assertThat(map.cut(bounds("-180,-90,180,90"))).isSameAs(map.file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5", "3,2,1,4", "1,4,3,2", "a,2,3,4", "NaN,2,3,4"})
    void boundsThatAreNoneAreRefused(String text) {
        assertThat(MapBounds.parse(text)).isEmpty();
    }

    private List<String> cut(String bounds) {
        return names(map(STREETS).cut(bounds(bounds)).content().toString());
    }

    private static MapBounds bounds(String text) {
        return MapBounds.parse(text).orElseThrow();
    }

    private Basemap map(String geoJson) {
        try {
            return Basemap.read(Files.writeString(data.resolve("map.json"), geoJson));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"FeatureCollection","features":[{"type":"Feature" | close marker
            {"type":"Feature","features":[]}                          | type (expected: "FeatureCollection")
            []                                                        | START_ARRAY (expected: START_OBJECT)
            {"type":"FeatureCollection","features":[1]}               | VALUE_NUMBER_INT (expected: START_OBJECT)
            """)
    void aFileThatIsNoMapIsRefusedAtTheStart(String content, String reason) {
        assertThatThrownBy(() -> map(content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("map.json: ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("(expected: a FeatureCollection of GeoJSON)");
    }

    @Test
    void aBasemapThatCannotBeReadIsRefusedAtTheStart() {
        assertThatThrownBy(() -> Basemap.read(data.resolve("none.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.json (expected: a GeoJSON file");
    }
}
