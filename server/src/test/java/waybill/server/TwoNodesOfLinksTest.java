package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Grant;
import waybill.server.rest.link.LinkViewer;

/// Public links on two nodes of one hub, on one store.
@Timeout(60)
class TwoNodesOfLinksTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private TwoNodes nodes;

    @BeforeEach
    void start() {
        nodes = TwoNodes.start(data);
    }

    @AfterEach
    void stop() {
        http.close();
        nodes.close();
    }

    @Test
    void aRevocationOnOneNodeEndsTheStreamsOfTheOther() throws JSONException {
        var order = new JSONObject(send(nodes.one(), "POST", "/orders", """
                {"storeId": "wok", "items": [{"product": "soup", "quantity": 1}], "deliveryAddress": "1 Main St"}""")).getString("orderId");
        var share = "/orders/" + order + "/share";
        var link = new JSONObject(send(nodes.one(), "POST", share, "")).getString("token");
        try (var here = view(nodes.one(), link);
                var there = view(nodes.two(), link)) {
            for (var viewer : List.of(here, there)) {
                assertThat(viewer.next("state").data().path("status").asText()).isEqualTo("pending");
            }
            send(nodes.one(), "PATCH", "/orders/" + order + "/status", "{\"status\": \"accepted\"}");
            for (var viewer : List.of(here, there)) {
                assertThat(viewer.next("state").data().path("status").asText()).isEqualTo("accepted");
            }
            send(nodes.one(), "DELETE", share, "");
            for (var viewer : List.of(here, there)) {
                assertThat(viewer.next("end").data().path("reason").asText()).isEqualTo("revoked");
                assertThat(viewer.isAtEnd()).isTrue();
            }
        }
        for (var node : List.of(nodes.one(), nodes.two())) {
            try (var viewer = view(node, link)) {
                assertThat(viewer.status()).isEqualTo(404);
            }
        }
    }

    private LinkViewer view(WaybillServer node, String link) {
        return LinkViewer.open(http, uri(node, "/t/" + link + "/events"));
    }

    private String send(WaybillServer node, String method, String path, String body) {
        var token = node.identity()
                .issuer()
                .orElseThrow()
                .issue(new Grant(new Principal("root", Role.ADMIN, null, null, null), Duration.ofHours(1)));
        var request = HttpRequest.newBuilder(uri(node, path))
                .header("authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        var answer = http.sendAsync(request, BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private static URI uri(WaybillServer node, String path) {
        return URI.create("http://127.0.0.1:" + node.addresses().getFirst().getPort() + path);
    }
}
