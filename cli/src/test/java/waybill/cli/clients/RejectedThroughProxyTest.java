package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.Proxy;

/// A proxy reuses its connections to the hub for one client after the other.
class RejectedThroughProxyTest {

    private static final int REQUESTS = 20;

    /// Far below the 30 seconds after which the hub closes an idle connection.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRejectedRequestDelaysNoOtherClientBehindNginx() throws IOException, InterruptedException {
        try (var hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1");
                var nginx = Proxy.nginx(hub.port(), folder.resolve("nginx"))) {
            othersAreAnswered(nginx);
        }
    }

    @Test
    void aRejectedRequestDelaysNoOtherClientBehindHaproxy() throws IOException, InterruptedException {
        try (var hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1");
                var haproxy = Proxy.haproxy(hub.port(), folder.resolve("haproxy"))) {
            othersAreAnswered(haproxy);
        }
    }

    private static void othersAreAnswered(Proxy proxy) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < REQUESTS; i++) {
                var tooLarge = request(proxy, "/socket.io/?EIO=4&transport=polling")
                        .header("X-First", "x".repeat(7_000))
                        .header("X-Second", "x".repeat(7_000))
                        .header("X-Third", "x".repeat(7_000));
                assertThat(status(http, tooLarge)).isBetween(400, 499);
                var unknown = request(proxy, "/socket.io/?EIO=4&transport=polling&sid=made-up");
                assertThat(status(http, unknown)).isEqualTo(400);
                assertThat(status(http, request(proxy, "/health/live"))).isEqualTo(200);
            }
        }
    }

    private static HttpRequest.Builder request(Proxy proxy, String path) {
        return HttpRequest.newBuilder(URI.create(proxy.url() + path)).timeout(ANSWER_WITHIN);
    }

    private static int status(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }
}
