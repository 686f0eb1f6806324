package waybill.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;
import waybill.server.webhook.FakeReceiver.Received;

/// Webhooks of a hub, over its port, to receivers that behave well and badly.
@Timeout(120)
class WebhooksTest {

    private static final String ADMIN = "admin:ada";
    private static final String WRONG_SECRET = "whsec_" + "QUJD".repeat(10);
    private static final String PATH = "/api/v1/webhooks";

    @TempDir
    private static Path data = Path.of("");

    private final FakeReceiver receiver = new FakeReceiver();
    private final ApiTestClient api;

    WebhooksTest() throws IOException {
        api = ApiTestClient.start(
                data.resolve(Long.toString(System.nanoTime())),
                config -> config.withWebhooks(WebhookConfig.anywhere()));
    }

    @AfterEach
    void close() {
        api.close();
        receiver.close();
    }

    @Test
    void eachEventOfAnOrderArrivesAndTheReferenceVerifierAcceptsIt() {
        var endpoint = create(receiver, "");
        var order = api.place("customer:jane", "acme");
        api.status("merchant:acme", order, "accepted").is(200);
        receiver.awaitReceived(2);
        assertThat(receiver.received()).allMatch(request -> request.isVerifiedBy(endpoint.text("secret")));
        assertThat(receiver.received()).noneMatch(request -> request.isVerifiedBy(WRONG_SECRET));
        assertThat(receiver.received())
                .extracting(Received::body)
                .anySatisfy(body -> assertThat(body)
                        .startsWith("{\"type\":\"order.new\",\"timestamp\":\"")
                        .contains("\"eventId\":", "\"order\":{\"orderId\":\"" + order))
                .anySatisfy(body -> assertThat(body)
                        .startsWith("{\"type\":\"order.status_update\"")
                        .contains("\"status\":\"accepted\",\"previousStatus\":\"pending\"", "\"orderNumber\":\"WB-"));
        awaitStates(endpoint, "delivered", "delivered");
    }

    @Test
    void whatFailsIsSentAgainWithTheSameIdWhileOtherEndpointsGoOn() throws IOException {
        var failures = List.of(
                FakeReceiver.status(500),
                FakeReceiver.status(302, "Location: /elsewhere"),
                FakeReceiver.status(404),
                FakeReceiver.status(429, "Retry-After: 1"),
                FakeReceiver.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
                FakeReceiver.text("nonsense\r\n\r\n"));
        var receivers = new ArrayList<FakeReceiver>();
        try {
            for (var failure : failures) {
                var bad = new FakeReceiver().reply(failure);
                receivers.add(bad);
                create(bad, ", \"events\": [\"order.new\"]");
            }
            api.place("customer:jane", "acme");
            receivers.forEach(bad -> bad.awaitReceived(2));
            for (var bad : receivers) {
                assertThat(bad.received())
                        .extracting(Received::id)
                        .doesNotContain("")
                        .containsOnly(bad.received().getFirst().id());
                assertThat(bad.received())
                        .extracting(Received::body)
                        .containsOnly(bad.received().getFirst().body());
            }
        } finally {
            receivers.forEach(FakeReceiver::close);
        }
    }

    @Test
    void anEndpointReceivesWhatItHasSelectedOfItsStoreAlone() {
        create(receiver, ", \"events\": [\"order.status_update\"], \"storeId\": \"acme\"");
        var other = api.place("customer:jane", "bella");
        api.status("merchant:bella", other, "accepted").is(200);
        var order = api.place("customer:jane", "acme");
        api.status("merchant:acme", order, "accepted").is(200);
        api.status("merchant:acme", order, "preparing").is(200);
        receiver.awaitReceived(2);
        assertThat(receiver.received())
                .allSatisfy(request -> assertThat(request.body()).contains("\"type\":\"order.status_update\"", order));
    }

    @Test
    void duringARotationBothSecretsVerify() {
        var endpoint = create(receiver, "");
        var rotated = api.post(ADMIN, path(endpoint) + "/rotate-secret", "").is(200);
        assertThat(rotated.text("secret")).isNotEqualTo(endpoint.text("secret"));
        assertThat(rotated.text("oldSecretUntil")).isNotEmpty();
        api.post(ADMIN, path(endpoint) + "/test", "").is(204);
        receiver.awaitReceived(1);
        var request = receiver.received().getFirst();
        assertThat(request.isVerifiedBy(endpoint.text("secret"))).isTrue();
        assertThat(request.isVerifiedBy(rotated.text("secret"))).isTrue();
        assertThat(request.body()).startsWith("{\"type\":\"webhook.test\"");
    }

    @Test
    void aReceiverThatIsGoneIsDisabledAndItsDeadLettersAreReplayed() {
        var endpoint = create(receiver, ", \"events\": [\"order.new\"]");
        receiver.reply(FakeReceiver.status(410));
        api.place("customer:jane", "acme");
        awaitStates(endpoint, "dead");
        var disabled = api.get(ADMIN, path(endpoint)).is(200);
        assertThat(disabled.text("state")).isEqualTo("disabled");
        assertThat(disabled.text("disabledReason")).isEqualTo(WebhookSender.GONE);
        api.place("customer:jane", "acme"); // which is not sent

        var enabled =
                api.patch(ADMIN, path(endpoint), "{\"state\": \"enabled\"}").is(200);
        assertThat(enabled.text("state")).isEqualTo("enabled");
        var replayed = api.post(ADMIN, path(endpoint) + "/replay", "{\"since\": \"2026-01-01T00:00:00Z\"}")
                .is(200);
        assertThat(replayed.body().path("replayed").asInt()).isEqualTo(1);
        awaitStates(endpoint, "delivered");
        assertThat(receiver.received())
                .extracting(Received::id)
                .hasSize(2)
                .containsOnly(receiver.received().getFirst().id());
    }

    @Test
    void aDeliveryIsReplayedAndListedInPages() {
        var endpoint = create(receiver, ", \"events\": [\"order.new\"]");
        for (var i = 0; i < 3; i++) {
            api.place("customer:jane", "acme");
        }
        awaitStates(endpoint, "delivered", "delivered", "delivered");
        var page = deliveries(endpoint, "?limit=2");
        assertThat(page.body().path("deliveries")).hasSize(2);
        var rest = deliveries(endpoint, "?limit=2&cursor=" + page.text("next"));
        assertThat(rest.body().path("deliveries")).hasSize(1);
        var delivery = rest.body().path("deliveries").get(0);
        assertThat(delivery.path("outcome").asText()).isEqualTo("status 200");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(1);

        api.post(
                        ADMIN,
                        path(endpoint) + "/deliveries/"
                                + delivery.path("deliveryId").asText() + "/replay",
                        "")
                .is(204);
        receiver.awaitReceived(4);
        assertThat(receiver.received().getLast().id())
                .isEqualTo(delivery.path("messageId").asText());
        api.post(ADMIN, path(endpoint) + "/deliveries/999/replay", "").isProblem(404, "not_found");
    }

    @Test
    void operatorsListJobsOfAllChannelsAndReplayDeadLetters() {
        var endpoint = create(receiver, ", \"events\": [\"order.new\"]");
        receiver.reply(FakeReceiver.status(410));
        api.place("customer:jane", "acme");
        awaitStates(endpoint, "dead");
        var listed = api.get("support:sue", "/api/v1/jobs?channel=webhook&state=dead")
                .is(200);
        var job = listed.body().path("jobs").get(0);
        assertThat(listed.body().path("jobs")).hasSize(1);
        assertThat(job.path("target").asText()).isEqualTo(endpoint.text("webhookId"));
        assertThat(job.path("outcome").asText()).isEqualTo(WebhookSender.GONE);
        assertThat(job.path("attempts").asInt()).isEqualTo(1);
        assertThat(api.get(ADMIN, "/api/v1/jobs?channel=push").is(200).body().path("jobs"))
                .isEmpty();
        assertThat(api.get(ADMIN, "/api/v1/jobs?state=pending").is(200).body().path("jobs"))
                .isEmpty();
        api.get(ADMIN, "/api/v1/jobs?state=lost").isProblem(400, "invalid");
        api.get("merchant:acme", "/api/v1/jobs").isProblem(403, "forbidden");

        var replay = "/api/v1/jobs/" + job.path("jobId").asText() + "/replay";
        api.post("support:sue", replay, "").isProblem(403, "forbidden");
        api.patch(ADMIN, path(endpoint), "{\"state\": \"enabled\"}").is(200);
        api.post(ADMIN, replay, "").is(204);
        awaitStates(endpoint, "delivered");
        api.post(ADMIN, replay, "").isProblem(409, "conflict");
        api.post(ADMIN, "/api/v1/jobs/999/replay", "").isProblem(404, "not_found");
        var page = api.get(ADMIN, "/api/v1/jobs?limit=1").is(200);
        assertThat(api.get(ADMIN, "/api/v1/jobs?limit=1&cursor=" + page.text("next"))
                        .is(200)
                        .body()
                        .path("jobs"))
                .isEmpty();
    }

    @Test
    void onlyAdministratorsManageWebhooksAndNoListHasASecret() {
        var endpoint = create(receiver, "");
        assertThat(api.get(ADMIN, PATH).is(200).http().body()).doesNotContain("whsec_");
        assertThat(api.get(ADMIN, path(endpoint)).is(200).http().body()).doesNotContain("whsec_");
        for (var who : List.of("customer:jane", "merchant:acme", "driver:kari", "support:sue")) {
            api.get(who, PATH).isProblem(403, "forbidden");
            api.post(who, PATH, "{\"url\": \"https://example.com/\"}").isProblem(403, "forbidden");
            api.get(who, path(endpoint) + "/deliveries").isProblem(403, "forbidden");
        }
        api.request("DELETE", ADMIN, path(endpoint), "").is(204);
        api.request("DELETE", ADMIN, path(endpoint), "").isProblem(404, "not_found");
        api.get(ADMIN, path(endpoint)).isProblem(404, "not_found");
    }

    @Test
    void anAddressThatTheOperatorDoesNotAllowIsRefused() {
        try (var strict = ApiTestClient.start(data.resolve("strict"))) {
            for (var url :
                    List.of("http://example.com/", "https://127.0.0.1/", "https://[fd00::1]/", "https://x.internal/")) {
                var refused =
                        strict.post(ADMIN, PATH, "{\"url\": \"" + url + "\"}").isProblem(400, "invalid");
                assertThat(refused.text("field")).isEqualTo("url");
            }
            strict.post(ADMIN, PATH, "{\"url\": \"https://example.com/\", \"events\": [\"order.odd\"]}")
                    .isProblem(400, "invalid");
            var created = strict.post(ADMIN, PATH, "{\"url\": \"https://example.com/\"}")
                    .is(201);
            strict.patch(ADMIN, path(created), "{\"url\": \"https://10.0.0.1/\"}")
                    .isProblem(400, "invalid");
        }
    }

    private Answer create(FakeReceiver to, String more) {
        return api.post(ADMIN, PATH, "{\"url\": \"" + to.url() + "\"" + more + "}")
                .is(201);
    }

    private static String path(Answer endpoint) {
        return PATH + "/" + endpoint.text("webhookId");
    }

    private Answer deliveries(Answer endpoint, String query) {
        return api.get(ADMIN, path(endpoint) + "/deliveries" + query).is(200);
    }

    private void awaitStates(Answer endpoint, String... states) {
        api.getUntil(
                ADMIN,
                path(endpoint) + "/deliveries",
                answer -> ApiTestClient.ids(answer, "deliveries", "state").equals(List.of(states)));
    }
}
