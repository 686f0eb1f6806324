package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.Proxy;
import waybill.cli.orders.TestUser;

/// A public link behind nginx, which buffers responses unless the hub says otherwise.
@Timeout(120)
class LinkStreamThroughNginxTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void eachEventPassesThroughAtOnceAndTheStreamEndsWithTheLink() throws IOException, InterruptedException {
        try (var hub = SecuredHub.start(
                        folder, "--trusted-proxy", "127.0.0.1", "--public-url", "https://track.example/");
                var nginx = Proxy.nginx(hub.port(), folder.resolve("nginx"));
                var http = HttpClient.newHttpClient()) {
            var jane = hub.token(TestUser.customer("jane"));
            var order = new JSONObject(send(
                            http,
                            nginx.url(),
                            jane,
                            "POST",
                            "/orders",
                            "{\"storeId\": \"wok\", \"items\": [{\"product\": \"soup\", \"quantity\": 1}],"
                                    + " \"deliveryAddress\": \"1 Main St\"}"))
                    .getString("orderId");
            var share = new JSONObject(send(http, nginx.url(), jane, "POST", "/orders/" + order + "/share", ""));
            assertThat(share.getString("url")).isEqualTo("https://track.example/t/" + share.getString("token"));
            var stream = HttpRequest.newBuilder(URI.create(nginx.url() + "/t/" + share.getString("token") + "/events"));
            try (var lines = new BufferedReader(new InputStreamReader(
                    http.send(stream.build(), BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
                await(lines, "event: state");
                await(lines, "\"status\":\"pending\"");
                var store = hub.token(TestUser.merchant("keeper", "wok"));
                send(http, nginx.url(), store, "PATCH", "/orders/" + order + "/status", "{\"status\": \"accepted\"}");
                await(lines, "\"status\":\"accepted\"");
                send(http, nginx.url(), jane, "DELETE", "/orders/" + order + "/share", "");
                await(lines, "{\"reason\":\"revoked\"}");
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.readLine()).isNull();
            }
        }
    }

    private static void await(BufferedReader lines, String part) throws IOException {
        var line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        assertThat(line).as(part).isNotNull();
    }

    private static String send(HttpClient http, URI url, String token, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }
}
