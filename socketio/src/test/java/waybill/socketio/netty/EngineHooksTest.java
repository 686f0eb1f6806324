package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.wire.RawClient;

/// What an application may take part in while connections begin, and what it is promised then.
class EngineHooksTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final List<RawClient> peers = new ArrayList<>();
    private final List<EngineServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        peers.forEach(RawClient::close);
        servers.forEach(server -> server.close(Duration.ZERO));
    }

    private RawClient connect(UnaryOperator<EngineSettings> change) {
        var server = new EngineServer(change.apply(EngineSettings.defaults().withLoops(1)), GreetingListener::new);
        servers.add(server);
        return connect(server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort());
    }

    private RawClient connect(int port) {
        var peer = RawClient.connect(port);
        peers.add(peer);
        return peer;
    }

    /// Sends a message at once, and echoes what it receives.
    private record GreetingListener(EngineSocket socket) implements EngineListener.MessageListener {

        GreetingListener {
            socket.send("4", "welcome", List.of(), FrameOptions.RELIABLE);
        }

        @Override
        public void onText(String text) {
            socket.send("4", text, List.of(), FrameOptions.RELIABLE);
        }

        @Override
        public void onBinary(byte[] bytes) {
            socket.send(bytes);
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }

    @Test
    void aMessageSentOnOpenFollowsTheHandshake() {
        var webSocket = connect(engine -> engine);
        assertThat(webSocket.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(webSocket.readFrame().text()).startsWith("0{");
        assertThat(webSocket.readFrame().text()).isEqualTo("4welcome");
        var polling = connect(engine -> engine);
        var sid = polling.get(POLLING).body().replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(polling.get(POLLING + "&sid=" + sid).body()).isEqualTo("4welcome");
    }

    @Test
    void aHandshakeMayBeDecidedAsynchronously() {
        var peer = connect(engine -> engine.withAllowRequestAsync(request -> CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(request.query("wrong")).map(wrong -> "wrong: " + wrong))));
        assertThat(peer.get(POLLING + "&wrong=yes").body()).isEqualTo("{\"code\":4,\"message\":\"wrong: yes\"}");
        assertThat(peer.get(POLLING).body()).startsWith("0{");
        assertThat(peer.upgrade(WEBSOCKET + "&wrong=too").status()).isEqualTo(403);
        assertThat(peer.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(peer.readFrame().text()).startsWith("0{");
    }

    @Test
    void aFailedDecisionRejects() {
        var peer = connect(engine -> engine.withAllowRequestAsync(
                _ -> CompletableFuture.failedFuture(new IllegalStateException("no database"))));
        assertThat(peer.get(POLLING).body()).isEqualTo("{\"code\":4,\"message\":\"Internal error\"}");
    }

    @Test
    void headersIdsAndACookieAreSetByTheApplication() {
        var ids = new AtomicInteger();
        var peer = connect(engine -> engine.withGenerateId(() -> "id-" + ids.incrementAndGet())
                .withCookie("io")
                .withInitialHeaders((headers, _) -> headers.put("X-First", "1"))
                .withHeaders((headers, request) -> headers.put("X-Every", String.valueOf(request.query("me")))));
        var first = peer.get(POLLING + "&me=kari");
        assertThat(first.body()).startsWith("0{\"sid\":\"id-1\"");
        assertThat(first.headers())
                .containsEntry("x-first", "1")
                .containsEntry("x-every", "kari")
                .containsEntry("set-cookie", "io=id-1; Path=/; HttpOnly; SameSite=Lax");
        var poll = peer.get(POLLING + "&sid=id-1");
        assertThat(poll.headers()).containsEntry("x-every", "kari").doesNotContainKeys("x-first", "set-cookie");
        var upgraded = peer.upgrade(WEBSOCKET + "&me=ola");
        assertThat(upgraded.headers()).containsEntry("x-first", "1").containsEntry("x-every", "ola");
        assertThat(peer.readFrame().text()).startsWith("0{\"sid\":\"id-2\"");
    }

    @Test
    void aBase64ClientSendsAndReceivesBase64() {
        var peer = connect(engine -> engine);
        assertThat(peer.upgrade(WEBSOCKET + "&b64=1").status()).isEqualTo(101);
        assertThat(peer.readFrame().text()).startsWith("0{");
        assertThat(peer.readFrame().text()).isEqualTo("4welcome");
        peer.sendText("bAAECAwQ=");
        assertThat(peer.readFrame().text()).isEqualTo("bAAECAwQ=");
        peer.sendBinary(new byte[] {0, 1, 2, 3, 4});
        assertThat(peer.readFrame().text()).isEqualTo("bAAECAwQ=");
    }

    @Test
    void anUnsupportedCompressionWindowIsDeclined() {
        for (var bits : List.of("8", "9", "14")) {
            var peer = connect(engine -> engine.withPerMessageDeflate(10));
            var answer = peer.upgrade(
                    WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=" + bits);
            assertThat(answer.headers()).doesNotContainKey("sec-websocket-extensions");
            assertThat(peer.readFrame().text()).startsWith("0{");
            assertThat(peer.readFrame().text()).isEqualTo("4welcome");
            peer.sendText("4" + "long enough to be compressed ".repeat(5));
            assertThat(peer.readFrame().text()).startsWith("4long enough");
        }
    }

    @Test
    void theFirstSupportedExtensionOfferIsAccepted() {
        var peer = connect(engine -> engine.withPerMessageDeflate(1_000));
        var answer = peer.upgrade(
                WEBSOCKET,
                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10, permessage-deflate");
        assertThat(answer.headers()).containsEntry("sec-websocket-extensions", "permessage-deflate");
    }
}
