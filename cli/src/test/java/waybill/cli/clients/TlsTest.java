package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.cli.InstalledPrograms;
import waybill.cli.ProgramProcess;

/// A hub with a certificate of its own: Socket.IO over both transports, REST, and another certificate while it runs.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsTest {

    private static final long RELOADED_WITHIN_SECONDS = 60;

    @TempDir
    private static Path folder = Path.of("");

    private static TestCertificate used = new TestCertificate(Path.of(""), Path.of(""));
    private static TestCertificate first = used;

    @SuppressWarnings("NullAway.Init")
    private static SecuredHub hub;

    @BeforeAll
    static void startHub() throws IOException, InterruptedException {
        first = TestCertificate.create(folder, "first");
        used = new TestCertificate(folder.resolve("hub.crt"), folder.resolve("hub.key"));
        Files.copy(first.certificate(), used.certificate());
        Files.copy(first.key(), used.key());
        hub = SecuredHub.start(
                folder,
                "--tls-cert",
                used.certificate().toString(),
                "--tls-key",
                used.key().toString());
    }

    @AfterAll
    static void stopHub() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    @Order(1)
    void ordersOfAnySizeArriveCompleteOverTls(String transport) throws IOException, InterruptedException {
        var url = URI.create("https://localhost:" + hub.port());
        assertThat(hub.url().getScheme()).isEqualTo("https");
        var settings = hub.settings(url, "tls-" + transport, List.of(transport)).put("ca", first.certificate());
        var result = ThirdPartyClient.NODE.exchange(settings, folder);
        assertThat(result.optString("transport")).isEqualTo(transport + ',' + transport);
        assertThat(result.getJSONArray("sizes").similar(settings.getJSONArray("sizes")))
                .isTrue();
    }

    @Test
    @Order(1)
    void aClientThatOffersHttp2IsAnsweredInHttp1() throws Exception {
        assertThat(health(first).version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        var command = List.of(
                InstalledPrograms.program("openssl", "/usr/bin/openssl").toString(),
                "s_client",
                "-connect",
                "127.0.0.1:" + hub.port(),
                "-alpn",
                "h2,http/1.1");
        try (var client = ProgramProcess.start(Map.of(), folder, command)) {
            client.line("ALPN protocol: http/1\\.1");
        }
    }

    @Test
    @Order(2)
    void anotherCertificateIsUsedWithoutARestart() throws Exception {
        var second = TestCertificate.create(folder, "second");
        Files.copy(second.certificate(), used.certificate(), StandardCopyOption.REPLACE_EXISTING);
        hub.line("the certificate from before stays in use, until \\S+: tls-key: .*hub\\.key does not belong");
        assertThat(health(first).statusCode()).isEqualTo(200);
        Files.copy(second.key(), used.key(), StandardCopyOption.REPLACE_EXISTING);
        hub.line("the certificate in .*hub\\.crt is used from now on; it expires at ");
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RELOADED_WITHIN_SECONDS);
        while (!isUsed(second)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
        assertThat(health(second).version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(isUsed(first)).isFalse();
    }

    private static boolean isUsed(TestCertificate certificate) throws Exception {
        try {
            return health(certificate).statusCode() == 200;
        } catch (SSLHandshakeException _) {
            return false;
        }
    }

    private static HttpResponse<String> health(TestCertificate trusted) throws Exception {
        try (var http = HttpClient.newBuilder()
                .sslContext(trusted.trusting())
                .version(HttpClient.Version.HTTP_2)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + hub.port() + "/health/live"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
