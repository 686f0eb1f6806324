package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A page of one host in a real browser, and a hub on another host.
class BrowserOriginsTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest(name = "{0}, credentials {1}")
    @CsvSource({"polling, false", "polling, true", "websocket, false", "websocket, true"})
    void aPageOfAListedOriginMayConnect(String transport, boolean credentials)
            throws IOException, InterruptedException {
        var pages = pageServer();
        var origin = "http://shop.example:" + pages.getAddress().getPort();
        try (var hub = SecuredHub.start(folder, "--origin", origin)) {
            var result = Browser.exchange(
                    settings(hub, transport).put("credentials", credentials),
                    "shop.example",
                    folder.resolve("profile"),
                    pages);
            assertThat(result.optString("transport")).as("%s", result).isEqualTo(transport + ',' + transport);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void aPageOfAnotherOriginMayNot(String transport) throws IOException, InterruptedException {
        try (var hub = SecuredHub.start(folder, "--origin", "http://shop.example")) {
            var result = Browser.exchange(
                    settings(hub, transport), "elsewhere.example", folder.resolve("profile"), pageServer());
            assertThat(result.optString("error")).as("%s", result).contains("connect_error");
        }
    }

    private static JSONObject settings(SecuredHub hub, String transport) {
        var url = URI.create("http://hub.example:" + hub.port());
        return hub.settings(url, "acme-widgets", List.of(transport));
    }

    private static HttpServer pageServer() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }
}
