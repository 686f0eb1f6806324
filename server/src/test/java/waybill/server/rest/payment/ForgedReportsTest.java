package waybill.server.rest.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;

/// An address that sends many reports with wrong signatures.
@Timeout(60)
class ForgedReportsTest {

    private static final String SECRET = "secret";
    private static final String BODY = "{\"event\": \"refund.created\"}";

    /// An address of the loopback network that is not the one by which this machine calls itself.
    private static final String ELSEWHERE = "127.0.0.2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void itIsLimitedAndReportsOfTheProviderAreTaken() throws IOException {
        assumeTrue(isHere(ELSEWHERE), ELSEWHERE + ": not an address of this machine");
        var secrets = new PaymentSecrets(List.of(), List.of(SECRET));
        var valid =
                HexFormat.of().formatHex(Signatures.hmac(SECRET, new byte[0], BODY.getBytes(StandardCharsets.UTF_8)));
        try (var api = ApiTestClient.start(
                        data,
                        config -> config.withIntegrations(config.integrations().withPayments(secrets)));
                var forger = HttpClient.newBuilder()
                        .localAddress(InetAddress.getByName(ELSEWHERE))
                        .build()) {
            var rejected = 0;
            var limited = report(api, forger, "forged");
            while (limited.statusCode() == 400 && rejected < 10 * Payments.REJECTED_PER_MINUTE) {
                rejected++;
                limited = report(api, forger, "forged");
            }
            assertThat(rejected).isGreaterThanOrEqualTo(Payments.REJECTED_PER_MINUTE);
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.body()).contains("reports: too many rejected ones from 127.0.0.2");
            assertThat(report(api, forger, valid).body()).contains("\"result\":\"ignored\"");
            new FakeProvider(api, "another").razorpay(BODY, "e1").isProblem(400, "invalid");
        }
    }

    private static HttpResponse<String> report(ApiTestClient api, HttpClient from, String signature) {
        var request = HttpRequest.newBuilder(api.uri("/api/v1/payments/razorpay"))
                .header("X-Razorpay-Signature", signature)
                .POST(BodyPublishers.ofString(BODY));
        return from.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private static boolean isHere(String address) {
        try (var _ = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
