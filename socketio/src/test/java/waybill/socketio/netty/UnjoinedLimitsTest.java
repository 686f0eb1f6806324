package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.AddressLimits;
import waybill.socketio.Config;
import waybill.socketio.ConnectionError;
import waybill.socketio.SocketServer;
import waybill.socketio.wire.RawClient;

/// What a client may do and hold before it has joined a namespace, and how many of them there may be.
class UnjoinedLimitsTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final int MORE_THAN_UNJOINED = 70_000;
    private static final int FRAME_OF_A_MILLION = 0x81;

    private final ConcurrentLinkedQueue<ConnectionError> errors = new ConcurrentLinkedQueue<>();
    private final List<RawClient> peers = new ArrayList<>();
    private final List<SocketServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        peers.forEach(RawClient::close);
        servers.forEach(server -> server.close(Duration.ZERO));
    }

    private int start(UnaryOperator<Config> change) {
        var config = Config.defaults().withEngine(engine -> engine.withLoops(1).withOnConnectionError(errors::add));
        var server = new SocketServer(change.apply(config));
        server.of("/").on("say", (socket, args, _) -> socket.emit("said", args.string(0)));
        servers.add(server);
        return server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    private RawClient connect(int port) {
        var peer = RawClient.connect(port);
        peers.add(peer);
        return peer;
    }

    private RawClient opened(int port) {
        var peer = connect(port);
        assertThat(peer.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(peer.readFrame().text()).startsWith("0{");
        return peer;
    }

    private static String sid(String open) {
        return open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void aLargeMessageIsAcceptedFromAJoinedClientOnly() {
        int port = start(config -> config);
        var large = "42[\"say\",\"" + "x".repeat(MORE_THAN_UNJOINED) + "\"]";
        var stranger = opened(port);
        stranger.sendText(large);
        assertThat(stranger.readCloseCode()).isEqualTo(1009);
        var member = opened(port);
        member.sendText("40");
        assertThat(member.readFrame().text()).startsWith("40{");
        member.sendText(large);
        assertThat(member.readFrame().text()).hasSizeGreaterThan(MORE_THAN_UNJOINED);
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ConnectionError.Reason.TOO_LARGE));
    }

    @Test
    void aLargeFrameIsRejectedBeforeBuffering() {
        var stranger = opened(start(config -> config));
        stranger.write(new byte[] {(byte) FRAME_OF_A_MILLION, (byte) 0xFF, 0, 0, 0, 0, 0, 0x0E, 0, 0, 1, 2, 3, 4});
        stranger.write(new byte[MORE_THAN_UNJOINED]);
        assertThat(stranger.readCloseCode()).isEqualTo(1009);
    }

    @Test
    void fragmentsCountTogether() {
        var stranger = opened(start(config -> config));
        stranger.sendFragment(RawClient.TEXT, false, new byte[MORE_THAN_UNJOINED / 2]);
        stranger.sendFragment(RawClient.CONTINUATION, false, new byte[MORE_THAN_UNJOINED / 2]);
        assertThat(stranger.readCloseCode()).isEqualTo(1009);
    }

    @Test
    void aLargeBodyIsAcceptedFromAJoinedClientOnly() {
        int port = start(config -> config);
        var peer = connect(port);
        var at = POLLING + "&sid=" + sid(peer.get(POLLING).body());
        var large = "42[\"say\",\"" + "x".repeat(MORE_THAN_UNJOINED) + "\"]";
        assertThat(connect(port).post(at, large).status()).isEqualTo(413);
        assertThat(peer.post(at, "40").status()).isEqualTo(200);
        assertThat(peer.get(at).body()).startsWith("40{");
        assertThat(peer.post(at, large).status()).isEqualTo(200);
    }

    @Test
    void unjoinedMemoryIsLimitedInTotal() {
        int port = start(config -> config.withEngine(engine -> engine.withUnjoined(60_000, 220_000)));
        var half = new byte[50_000];
        for (int i = 0; i < 2; i++) {
            var peer = opened(port);
            peer.sendFragment(RawClient.TEXT, false, half);
            peer.sendPing("taken?");
            assertThat(peer.readFrame().opcode()).isEqualTo(RawClient.PONG);
        }
        var third = opened(port);
        third.sendFragment(RawClient.TEXT, false, half);
        assertThat(third.readCloseCode()).isEqualTo(1013);
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ConnectionError.Reason.MEMORY));
        var honest = opened(port);
        honest.sendText("40");
        assertThat(honest.readFrame().text()).startsWith("40{");
        peers.get(0).close();
        var again = opened(port);
        again.sendText("40");
        assertThat(again.readFrame().text()).startsWith("40{");
    }

    @Test
    void anUnjoinedConnectionTimesOut() {
        int port = start(config -> config.withConnectTimeout(Duration.ofMillis(300))
                .withEngine(engine -> engine.withPingTimeout(Duration.ofMinutes(10))));
        var peer = connect(port);
        var at = POLLING + "&sid=" + sid(peer.get(POLLING).body());
        while (servers.getFirst().connectionCount() > 0) {
            Thread.onSpinWait();
        }
        assertThat(peer.get(at).body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void newSessionsPerAddressAreLimited() {
        int port = start(config ->
                config.withEngine(engine -> engine.withAddressLimits(new AddressLimits(3, 0, 0, (_, _) -> false))));
        opened(port);
        opened(port);
        var peer = connect(port);
        assertThat(peer.get(POLLING).status()).isEqualTo(200);
        var refused = peer.get(POLLING);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":4", "sessions: too many begin from 127.0.0.1", "retryAfterMs");
        assertThat(Integer.parseInt(refused.headers().get("retry-after"))).isPositive();
        assertThat(connect(port).upgrade(WEBSOCKET).status()).isEqualTo(429);
        assertThat(errors)
                .hasSize(2)
                .allSatisfy(error -> assertThat(error.reason()).isEqualTo(ConnectionError.Reason.TOO_MANY));
    }

    @Test
    void openSessionsPerAddressAreLimited() {
        int port = start(config ->
                config.withEngine(engine -> engine.withAddressLimits(new AddressLimits(0, 2, 0, (_, _) -> false))));
        var first = opened(port);
        opened(port);
        var other = connect(port);
        assertThat(other.get(POLLING).body()).contains("2 are open from 127.0.0.1");
        first.sendText("1");
        first.readCloseCode();
        assertThat(other.get(POLLING).status()).isEqualTo(200);
    }

    @Test
    void connectionsPerAddressAreLimited() {
        int port = start(config ->
                config.withEngine(engine -> engine.withAddressLimits(new AddressLimits(0, 0, 2, (_, _) -> false))));
        assertThat(connect(port).get(POLLING).status()).isEqualTo(200);
        assertThat(connect(port).get(POLLING).status()).isEqualTo(200);
        var third = connect(port);
        assertThat(third.get("/other").status()).isEqualTo(429);
        third.awaitEnd();
    }
}
