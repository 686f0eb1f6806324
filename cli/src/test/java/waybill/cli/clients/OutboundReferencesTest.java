package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;
import waybill.cli.orders.TestUser;

/// What the hub sends to other systems, read by other implementations: npm's `standardwebhooks`, the reference of
/// Standard Webhooks, and npm's `http_ece`, with which the libraries for Web Push encrypt.
@Timeout(120)
class OutboundReferencesTest {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final String WRONG = "No matching signature found";

    @TempDir
    private static Path folder = Path.of("");

    @Test
    void theirVerifierAcceptsWebhooksAndTheirDecryptionReadsPushMessages() throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        try (var hub = SecuredHub.start(
                folder,
                "--webhook-allow-http",
                "--webhook-allow-private",
                "--web-push-contact",
                "mailto:operator@shop.example",
                "--web-push-private",
                "--push-grace",
                "0")) {
            var settings = new JSONObject()
                    .put("url", hub.url().toString())
                    .put(
                            "tokens",
                            new JSONObject()
                                    .put("admin", hub.token(TestUser.admin("ada")))
                                    .put("customer", hub.token(TestUser.customer("jane"))));
            var command = List.of("node", "outbound.js", settings.toString());
            try (var program = ProgramProcess.start(Map.of(), PROJECT, command)) {
                var read = new JSONObject(program.line("^(\\{.*})$").group(1));
                assertThat(read.getJSONObject("webhook").toMap())
                        .isEqualTo(Map.of(
                                "before", "webhook.test",
                                "byAnother", WRONG,
                                "rotatedByOld", "webhook.test",
                                "rotatedByNew", "webhook.test",
                                "changed", WRONG));
                assertThat(read.getJSONObject("push").toMap())
                        .isEqualTo(Map.of("title", "Hello", "body", "Grüße, Jane ✓"));
            }
        }
    }
}
