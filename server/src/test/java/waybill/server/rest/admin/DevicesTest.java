package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.NotificationConfig;
import waybill.server.push.TestBrowser;
import waybill.server.rest.ApiTestClient;

/// The devices of users, over the hub's port.
class DevicesTest {

    private static final String DEVICES = "/api/v1/devices";
    private static final String KEY = DEVICES + "/web-push-key";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    @BeforeEach
    void start() {
        api = ApiTestClient.start(
                data,
                config -> config.withNotifications(
                        NotificationConfig.defaults().withWebPush(URI.create("mailto:operator@shop.example"))));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static String subscription(TestBrowser browser) {
        var subscription = browser.subscription();
        return "{\"platform\": \"web\", \"locale\": \"pt-BR\", \"subscription\": {\"endpoint\": \"%s\", \"expirationTime\": null, \"keys\": {\"p256dh\": \"%s\", \"auth\": \"%s\"}}}"
                .formatted(subscription.endpoint(), subscription.p256dh(), subscription.auth());
    }

    @Test
    void aBrowserSubscribesWithTheKeyOfTheHub() {
        var key = api.get("customer:d1", KEY).is(200).text("publicKey");
        assertThat(Base64.getUrlDecoder().decode(key)).hasSize(65).startsWith(4);
        assertThat(api.get("customer:d2", KEY).text("publicKey")).isEqualTo(key);
        api.get("", KEY).isProblem(401, "unauthenticated");
        var endpoint = "https://push.example/send/" + "a".repeat(600);
        var registered = api.post("customer:d1", DEVICES, subscription(new TestBrowser(URI.create(endpoint))))
                .is(201);
        assertThat(registered.text("token")).isEqualTo(endpoint);
        assertThat(registered.text("locale")).isEqualTo("pt-BR");
        var path = DEVICES + "/" + URLEncoder.encode(endpoint, StandardCharsets.UTF_8);
        api.request("DELETE", "customer:d2", path, "").isProblem(404, "not_found");
        api.request("DELETE", "customer:d1", path, "").is(204);
    }

    @Test
    void aSubscriptionThatCannotBeSentToIsRejected() {
        assertThat(api.post("customer:d1", DEVICES, subscription(new TestBrowser(URI.create("https://10.0.0.1/"))))
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("subscription.endpoint: 10.0.0.1 is in a private network (expected: a push service)");
        var good = subscription(new TestBrowser(URI.create("https://push.example/1")));
        assertThat(api.post("customer:d1", DEVICES, good.replace("\"web\"", "\"ios\""))
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("subscription: given by ios (expected: by web)");
        assertThat(api.post("customer:d1", DEVICES, good.replace("\"auth\": \"", "\"auth\": \"AAAA"))
                        .isProblem(400, "invalid")
                        .text("detail"))
                .startsWith("subscription.keys.auth: 19 bytes");
        assertThat(api.post("customer:d1", DEVICES, good.replace("\"platform\"", "\"token\": \"t\", \"platform\""))
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("token: given with a subscription (expected: one of them)");
        api.post("customer:d1", DEVICES, good.replace("pt-BR", "<script>")).isProblem(400, "invalid");
        assertThat(api.post("customer:d1", DEVICES, "{\"platform\": \"ios\"}")
                        .isProblem(400, "invalid")
                        .text("detail"))
                .isEqualTo("token: missing (expected: the token of an app, or the subscription of a browser)");
    }

    @Test
    void withoutAContactTheHubHasNoKey() {
        api.close();
        api = ApiTestClient.start(data);
        api.get("customer:d1", KEY).isProblem(404, "not_found");
    }
}
