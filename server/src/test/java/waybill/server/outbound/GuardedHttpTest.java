package waybill.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.concurrent.Threads;
import waybill.server.outbound.GuardedHttp.Answer;

/// Requests to a server with a certificate of its own, for `push.example`.
@Timeout(60)
class GuardedHttpTest {

    private static final String PASSWORD = "password";

    @TempDir
    private static Path folder = Path.of("");

    private final AtomicInteger requests = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        var context = SSLContext.getInstance("TLS");
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /// A key with a certificate that it has signed itself.
    private static Path keyStore() throws IOException, InterruptedException {
        var file = folder.resolve("keys");
        if (!Files.exists(file)) {
            var command =
                    "-genkeypair -alias one -keyalg EC -dname CN=push.example -ext san=dns:push.example -validity 2"
                            + " -storepass " + PASSWORD + " -keystore " + file;
            var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            var exit = new ProcessBuilder((keytool + " " + command).split(" "))
                    .inheritIO()
                    .start();
            assertThat(exit.waitFor()).isZero();
        }
        return file;
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCertificateThatNoAuthorityHasSignedIsRefused() throws Exception {
        assertThat(post("push.example", false)).isEqualTo(new Answer.NoResponse("no response: SSLHandshakeException"));
        assertThat(requests).hasValue(0);
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        assertThat(post("other.example", true)).isEqualTo(new Answer.NoResponse("no response: SSLHandshakeException"));
        assertThat(requests).hasValue(0);
    }

    @Test
    void aTrustedCertificateOfTheHostIsTaken() throws Exception {
        assertThat(post("push.example", true)).isInstanceOf(Answer.Response.class);
        assertThat(requests).hasValue(1);
    }

    private Answer post(String host, boolean isTrusted) throws Exception {
        var http = new GuardedHttp(
                new GuardedHttp.Settings("waybill-test-dns", AddressGuard.anywhere(), Duration.ofSeconds(10), 1),
                _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                Threads.ofPlatform(),
                InstantSource.system(),
                options -> isTrusted
                        ? options.setTrustOptions(new PfxOptions()
                                .setPath(folder.resolve("keys").toString())
                                .setPassword(PASSWORD))
                        : options);
        try (http) {
            var url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
            return http.post(new GuardedHttp.Request(url, Map.of(), Buffer.buffer("{}")))
                    .join();
        }
    }
}
