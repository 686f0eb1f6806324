package waybill.socketio.wire;

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
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineConfig;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineServer;
import waybill.socketio.netty.EngineSocket;
import waybill.socketio.room.Frame;

/// What an application may take part in while connections begin, and what it is promised then.
class EngineHooksTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final List<Peer> peers = new ArrayList<>();
    private final List<EngineServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        peers.forEach(Peer::close);
        servers.forEach(server -> server.close(Duration.ZERO));
    }

    private Peer dial(UnaryOperator<EngineConfig> change) {
        var server = new EngineServer(change.apply(EngineConfig.defaults().withLoops(1)), Greeter::new);
        servers.add(server);
        return dial(server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort());
    }

    private Peer dial(int port) {
        var peer = Peer.dial(port);
        peers.add(peer);
        return peer;
    }

    /// Says something at once, and says back what it is told.
    private record Greeter(EngineSocket socket) implements EngineListener.Receiver {

        Greeter {
            socket.send("4", "welcome", List.of(), Frame.Options.RELIABLE);
        }

        @Override
        public void text(String text) {
            socket.send("4", text, List.of(), Frame.Options.RELIABLE);
        }

        @Override
        public void binary(byte[] bytes) {
            socket.send(bytes);
        }

        @Override
        public void closed(CloseReason reason) {}
    }

    @Test
    void whatIsSentWhenAConnectionOpensComesRightAfterTheHandshake() {
        var webSocket = dial(engine -> engine);
        assertThat(webSocket.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(webSocket.hear().text()).startsWith("0{");
        assertThat(webSocket.hear().text()).isEqualTo("4welcome");
        var polling = dial(engine -> engine);
        var sid = polling.get(POLLING).body().replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(polling.get(POLLING + "&sid=" + sid).body()).isEqualTo("4welcome");
    }

    @Test
    void aHandshakeMayBeDecidedLaterAndElsewhere() {
        var peer = dial(engine -> engine.withAllowRequestAsync(request -> CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(request.query("wrong")).map(wrong -> "wrong: " + wrong))));
        assertThat(peer.get(POLLING + "&wrong=yes").body()).isEqualTo("{\"code\":4,\"message\":\"wrong: yes\"}");
        assertThat(peer.get(POLLING).body()).startsWith("0{");
        assertThat(peer.upgrade(WEBSOCKET + "&wrong=too").status()).isEqualTo(403);
        assertThat(peer.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(peer.hear().text()).startsWith("0{");
    }

    @Test
    void aDecisionThatFailsRefuses() {
        var peer = dial(engine -> engine.withAllowRequestAsync(
                _ -> CompletableFuture.failedFuture(new IllegalStateException("no database"))));
        assertThat(peer.get(POLLING).body()).isEqualTo("{\"code\":4,\"message\":\"Internal error\"}");
    }

    @Test
    void headersIdsAndACookieAreTheApplications() {
        var ids = new AtomicInteger();
        var peer = dial(engine -> engine.withGenerateId(() -> "id-" + ids.incrementAndGet())
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
        assertThat(peer.hear().text()).startsWith("0{\"sid\":\"id-2\"");
    }

    @Test
    void aClientThatTakesNoBinaryFramesSpeaksBase64BothWays() {
        var peer = dial(engine -> engine);
        assertThat(peer.upgrade(WEBSOCKET + "&b64=1").status()).isEqualTo(101);
        assertThat(peer.hear().text()).startsWith("0{");
        assertThat(peer.hear().text()).isEqualTo("4welcome");
        peer.text("bAAECAwQ=");
        assertThat(peer.hear().text()).isEqualTo("bAAECAwQ=");
        peer.binary(new byte[] {0, 1, 2, 3, 4});
        assertThat(peer.hear().text()).isEqualTo("bAAECAwQ=");
    }

    @Test
    void aWindowThatTheCompressorCannotDoIsNotAgreedTo() {
        for (var bits : List.of("8", "9", "14")) {
            var peer = dial(engine -> engine.withPerMessageDeflate(10));
            var answer = peer.upgrade(
                    WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=" + bits);
            assertThat(answer.headers()).doesNotContainKey("sec-websocket-extensions");
            assertThat(peer.hear().text()).startsWith("0{");
            assertThat(peer.hear().text()).isEqualTo("4welcome");
            peer.text("4" + "long enough to be compressed ".repeat(5));
            assertThat(peer.hear().text()).startsWith("4long enough");
        }
    }

    @Test
    void ofSeveralOffersTheFirstThatCanBeDoneIsTaken() {
        var peer = dial(engine -> engine.withPerMessageDeflate(1_000));
        var answer = peer.upgrade(
                WEBSOCKET,
                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10, permessage-deflate");
        assertThat(answer.headers()).containsEntry("sec-websocket-extensions", "permessage-deflate");
    }
}
