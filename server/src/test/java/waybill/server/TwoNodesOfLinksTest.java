package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final Principal ROOT = new Principal("root", Role.ADMIN, null, null, null);
    private static final Principal KARI = new Principal("kari", Role.DRIVER, "Kari", null, null);

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
        var order = place();
        var link = share(order);
        try (var here = view(nodes.one(), link);
                var there = view(nodes.two(), link)) {
            awaitStatus("pending", here, there);
            send(nodes.one(), ROOT, "PATCH", "/orders/" + order + "/status", "{\"status\": \"accepted\"}");
            awaitStatus("accepted", here, there);
            send(nodes.one(), ROOT, "DELETE", "/orders/" + order + "/share", "");
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

    @Test
    void aPositionThatIsReportedToOneNodeReachesTheStreamsOfBothAndNoRevokedOne() throws JSONException {
        var order = place();
        var revoked = share(order);
        try (var here = view(nodes.one(), revoked);
                var there = view(nodes.two(), revoked)) {
            awaitStatus("pending", here, there);
            bring(order, ROOT, "accepted", "ready_for_pickup");
            bring(order, KARI, "assigned_to_driver", "picked_up", "in_transit");
            awaitStatus("in_transit", here, there);
            report(59.9172);
            for (var viewer : List.of(here, there)) {
                var seen = nextOfEach(viewer, "position", "eta");
                assertThat(seen)
                        .hasEntrySatisfying(
                                "position",
                                position -> assertThat(position.toString())
                                        .startsWith(
                                                "{\"latitude\":59.9172,\"longitude\":10.751,\"precision\":\"exact\","));
                assertThat(seen)
                        .hasEntrySatisfying(
                                "eta",
                                eta -> assertThat(eta.path("minutes").asInt()).isPositive());
            }
            send(nodes.two(), ROOT, "DELETE", "/orders/" + order + "/share", "");
            for (var viewer : List.of(here, there)) {
                assertThat(viewer.next("end").data().path("reason").asText()).isEqualTo("revoked");
            }
            try (var newViewer = view(nodes.two(), share(order))) {
                awaitStatus("in_transit", newViewer);
                report(59.9183);
                assertThat(newViewer.next("position").data().path("latitude").asDouble())
                        .isEqualTo(59.9183);
            }
            assertThat(here.isAtEnd()).isTrue();
            assertThat(there.isAtEnd()).isTrue();
        }
    }

    private String place() throws JSONException {
        return new JSONObject(send(nodes.one(), ROOT, "POST", "/orders", """
                {"storeId": "wok", "items": [{"product": "soup", "quantity": 1}],
                 "deliveryAddress": {"text": "1 Main St", "latitude": 59.93, "longitude": 10.76}}""")).getString("orderId");
    }

    private String share(String order) throws JSONException {
        return new JSONObject(send(nodes.one(), ROOT, "POST", "/orders/" + order + "/share", "")).getString("token");
    }

    private void bring(String order, Principal actor, String... statuses) {
        for (var status : statuses) {
            send(nodes.one(), actor, "PATCH", "/orders/" + order + "/status", "{\"status\": \"" + status + "\"}");
        }
    }

    private void report(double latitude) {
        send(nodes.one(), KARI, "POST", "/api/v1/drivers/me/location", """
                [{"latitude": %s, "longitude": 10.751}]""".formatted(latitude));
    }

    private static void awaitStatus(String status, LinkViewer... viewers) {
        for (var viewer : viewers) {
            while (!viewer.next("state").data().path("status").asText().equals(status)) {
                // an earlier status
            }
        }
    }

    /// The newest of each of these events, in whichever order they come: what waits for a client is sent by its kind.
    private static Map<String, JsonNode> nextOfEach(LinkViewer viewer, String... names) {
        var found = new HashMap<String, JsonNode>();
        while (!found.keySet().containsAll(List.of(names))) {
            var event = viewer.next();
            found.put(event.name(), event.data());
        }
        return found;
    }

    private LinkViewer view(WaybillServer node, String link) {
        return LinkViewer.open(http, uri(node, "/t/" + link + "/events"));
    }

    private String send(WaybillServer node, Principal actor, String method, String path, String body) {
        var token = node.identity().issuer().orElseThrow().issue(new Grant(actor, Duration.ofHours(1)));
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
