package waybill.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import waybill.concurrent.Threads;
import waybill.server.outbound.GuardedHttp;
import waybill.server.outbound.Resolver;
import waybill.server.webhook.WebhookTransport.Answer;
import waybill.server.webhook.WebhookTransport.Answer.NoResponse;
import waybill.server.webhook.WebhookTransport.Answer.Response;

/// Requests to servers that behave badly.
@Timeout(60)
class HttpWebhookTransportTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final FakeReceiver receiver = new FakeReceiver();
    private final HttpWebhookTransport transport = transport(WebhookConfig.anywhere(), Resolver.ofMachine());

    HttpWebhookTransportTest() throws IOException {}

    @AfterEach
    void close() {
        transport.close();
        receiver.close();
    }

    @Test
    void aRequestArrivesAsItIs() {
        assertThat(post(receiver.url())).isEqualTo(new Response(200, null));
        assertThat(receiver.received()).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{\"é\": 1}");
            assertThat(request.headers()).containsEntry("webhook-id", "msg_1").containsEntry("host", host());
        });
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (var other = new FakeReceiver()) {
            receiver.reply(FakeReceiver.status(302, "Location: " + other.url()));
            assertThat(post(receiver.url())).isEqualTo(new Response(302, null));
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void theTimeThatAReceiverAsksForIsRead() {
        receiver.reply(
                FakeReceiver.status(429, "Retry-After: 17"),
                FakeReceiver.status(503, "Retry-After: Sat, 31 Jan 2026 12:00:40 GMT"),
                FakeReceiver.status(503, "Retry-After: soon"));
        assertThat(post(receiver.url())).isEqualTo(new Response(429, Duration.ofSeconds(17)));
        assertThat(post(receiver.url())).isEqualTo(new Response(503, Duration.ofSeconds(40)));
        assertThat(post(receiver.url())).isEqualTo(new Response(503, null));
    }

    @Test
    void aReceiverThatDoesNotAnswerIsLeftAfterATime() {
        receiver.reply((_, socket) -> socket.getInputStream().read());
        assertThat(post(receiver.url())).isEqualTo(new NoResponse("no response in 1000 ms"));
    }

    @Test
    void aBodyThatDripsIsLeftAfterATime() {
        receiver.reply((output, socket) -> {
            FakeReceiver.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab")
                    .write(output, socket);
            socket.getInputStream().read();
        });
        assertThat(post(receiver.url())).isEqualTo(new NoResponse("no response in 1000 ms"));
    }

    @Test
    void aConnectionThatIsResetIsAFailure() {
        receiver.reply((_, socket) -> socket.setSoLinger(true, 0));
        assertThat(post(receiver.url())).isInstanceOf(NoResponse.class);
    }

    @Test
    void halfAnAnswerIsAFailure() {
        receiver.reply(
                FakeReceiver.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
                FakeReceiver.text("HTTP/1.1 200 O"),
                FakeReceiver.text("no HTTP at all\r\n\r\n"));
        assertThat(post(receiver.url())).isInstanceOf(NoResponse.class);
        assertThat(post(receiver.url())).isInstanceOf(NoResponse.class);
        assertThat(post(receiver.url())).isInstanceOf(NoResponse.class);
    }

    @Test
    void ofAHugeAnswerTheStatusCountsAndTheRestIsNotRead() {
        receiver.reply((output, socket) -> {
            FakeReceiver.text("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
                    .write(output, socket);
            for (var piece = new byte[1 << 16]; ; ) {
                output.write(piece); // until the hub closes the connection
            }
        });
        assertThat(post(receiver.url())).isEqualTo(new Response(200, null));
    }

    @Test
    void aServerWithoutTlsBehindHttpsIsAFailure() {
        assertThat(post(receiver.url().replace("http:", "https:"))).isInstanceOf(NoResponse.class);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void aNameOrAnAddressOfAPrivateNetworkIsNotConnectedTo() {
        var strict = transport(new WebhookConfig(true, false), Resolver.ofMachine());
        try {
            for (var host : new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
                assertThat(strict.post(request(receiver.url().replace("127.0.0.1", host)))
                                .join())
                        .isEqualTo(new NoResponse("the host has an address of a private network"));
            }
        } finally {
            strict.close();
        }
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void aNameWithoutAnAddressIsAFailure() {
        assertThat(post("http://none.invalid/")).isEqualTo(new NoResponse("the host has no address"));
    }

    private static HttpWebhookTransport transport(WebhookConfig config, Resolver resolver) {
        return new HttpWebhookTransport(new GuardedHttp(
                HttpWebhookTransport.settings(config, TIMEOUT),
                resolver,
                Threads.ofPlatform(),
                InstantSource.fixed(NOON)));
    }

    private String host() {
        return URI.create(receiver.url()).getAuthority();
    }

    private Answer post(String url) {
        return transport.post(request(url)).join();
    }

    private static WebhookTransport.Request request(String url) {
        return new WebhookTransport.Request(URI.create(url), Map.of("webhook-id", "msg_1"), "{\"é\": 1}");
    }
}
