package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.EngineConfig;
import waybill.socketio.SocketServer;

/// Clients that mean harm, or are broken: each loses its own connection, while another on the same event loop
/// goes on.
class AbusiveClientTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private static final int LIMIT = 10_000;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2); // long enough for one that does not dawdle
    private static final int COMPRESSED_TEXT = 0x80 | 0x40 | RawClient.TEXT;

    private final List<RawClient> peers = new ArrayList<>();
    private final List<SocketServer> servers = new ArrayList<>();
    private int port = start(engine -> engine);
    private RawClient bystander = joined();

    @AfterEach
    void assertOtherClientConnected() {
        try {
            assertConnected(bystander);
        } finally {
            peers.forEach(RawClient::close);
            servers.forEach(server -> server.close(Duration.ZERO));
        }
    }

    private static void assertConnected(RawClient peer) {
        peer.sendText("42[\"say\",\"still here\"]");
        assertThat(next(peer).text()).isEqualTo("42[\"said\",\"still here\"]");
    }

    /// What comes next that is no ping; one that comes before it is answered.
    private static RawClient.ReceivedFrame next(RawClient peer) {
        var received = peer.readFrame();
        while (received.text().equals("2")) {
            peer.sendText("3");
            received = peer.readFrame();
        }
        return received;
    }

    private int start(UnaryOperator<EngineConfig> change) {
        var server = new SocketServer(Config.defaults()
                .withEngine(engine -> change.apply(engine.withLoops(1).withMaxHttpBufferSize(LIMIT))));
        servers.add(server);
        server.of("/").on("say", (socket, args, _) -> socket.emit("said", args.toArray()));
        server.of("/").on("more", (socket, _, _) -> {
            for (int i = 0; i < 100; i++) {
                socket.emit("said", "x".repeat(9_000));
            }
        });
        return server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    private RawClient connect() {
        var peer = RawClient.connect(port);
        peers.add(peer);
        return peer;
    }

    private RawClient joined(String... headers) {
        var peer = RawClient.openWebSocket(port, WEBSOCKET, headers);
        peers.add(peer);
        assertThat(next(peer).text()).startsWith("0{");
        peer.sendText("40");
        assertThat(next(peer).text()).startsWith("40{");
        return peer;
    }

    private void startAgain(UnaryOperator<EngineConfig> change) {
        port = start(change);
        bystander = joined();
    }

    @Test
    void aCompressedFrameMayNotInflatePastTheLimit() {
        startAgain(engine -> engine.withPerMessageDeflate(1_000));
        var peer = joined(DEFLATE);
        peer.sendFrame(COMPRESSED_TEXT, deflated("42[\"say\",\"" + "a".repeat(9_000) + "\"]"), true);
        assertThat(inflatedLength(peer.readFrame())).isGreaterThan(9_000);
        var bomb = deflated("42[\"say\",\"" + "a".repeat(5_000_000) + "\"]");
        assertThat(bomb.length).isLessThan(LIMIT);
        peer.sendFrame(COMPRESSED_TEXT, bomb, true);
        assertThat(peer.readCloseCode()).isEqualTo(1009);
    }

    @Test
    void compressedFragmentsMayNotInflatePastTheLimitTogether() {
        startAgain(engine -> engine.withPerMessageDeflate(1_000));
        var peer = joined(DEFLATE);
        var bomb = deflated("42[\"say\",\"" + "a".repeat(5_000_000) + "\"]");
        int half = bomb.length / 2;
        peer.sendFrame(0x40 | RawClient.TEXT, Arrays.copyOf(bomb, half), true);
        peer.sendFragment(RawClient.CONTINUATION, true, Arrays.copyOfRange(bomb, half, bomb.length));
        assertThat(peer.readCloseCode()).isEqualTo(1009);
    }

    @Test
    void aFrameThatDoesNotInflateAtAllIsClosed() {
        startAgain(engine -> engine.withPerMessageDeflate(1_000));
        var peer = joined(DEFLATE);
        peer.sendFrame(COMPRESSED_TEXT, new byte[] {(byte) 0xFF, 1, 2, 3, 4}, true);
        assertThat(peer.readCloseCode()).isNotEqualTo(1000);
    }

    private static byte[] deflated(String text) {
        var deflater = new Deflater(9, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        var buffer = new byte[65_536];
        for (int n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                n > 0;
                n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH)) {
            out.write(buffer, 0, n);
        }
        deflater.end();
        return Arrays.copyOf(out.toByteArray(), out.size() - 4); // RFC 7692: without 00 00 ff ff
    }

    private static int inflatedLength(RawClient.ReceivedFrame received) {
        assertThat(received.compressed()).as("compressed").isTrue();
        var inflater = new Inflater(true);
        try {
            inflater.setInput(received.bytes());
            return inflater.inflate(new byte[1_000_000]);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    @Test
    void aRequestSentByteByByteTimesOut() {
        startAgain(engine -> engine.withRequestTimeout(REQUEST_TIMEOUT));
        var silent = connect();
        var halfHead = connect();
        halfHead.write("GET " + POLLING + " HTTP/1.1\r\nHost: a\r\n");
        var halfBody = connect();
        halfBody.write("POST " + POLLING + "&sid=x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n4he");
        silent.awaitEnd();
        halfHead.awaitEnd();
        halfBody.awaitEnd();
    }

    /// Keeps dripping, so that no single silence is long.
    @Test
    void aTricklingRequestTimesOut() {
        startAgain(engine -> engine.withRequestTimeout(REQUEST_TIMEOUT));
        var drip = connect();
        drip.write("GET " + POLLING + " HTTP/1.1\r\n");
        assertThatThrownBy(() -> {
                    while (true) {
                        drip.write("X-Drip: 1\r\n");
                        assertConnected(bystander);
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aPendingPollDoesNotTimeOut() {
        startAgain(engine -> engine.withRequestTimeout(REQUEST_TIMEOUT).withPingInterval(Duration.ofSeconds(5)));
        var peer = connect();
        var open = peer.get(POLLING).body();
        var sid = open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(peer.get(POLLING + "&sid=" + sid).body()).isEqualTo("2");
        bystander = joined();
    }

    @Test
    void aPartialFrameIsReleasedWithItsConnection() {
        startAgain(engine -> engine.withPingInterval(Duration.ofMillis(300)).withPingTimeout(Duration.ofSeconds(2)));
        var peer = joined();
        peer.write(new byte[] {(byte) 0x81, (byte) 0xFE, 0x10});
        peer.readCloseCode();
        bystander = joined();
    }

    @Test
    void aSlowReaderOverTheLimitIsDisconnected() {
        startAgain(engine -> engine.withOutbox(1_000, 1_000_000));
        var peer = joined();
        assertThatThrownBy(() -> {
                    while (true) {
                        peer.sendText("42[\"more\"]");
                        assertConnected(bystander);
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    /// Polls of as many sessions, for a session's second poll would end it and be answered at once.
    @Test
    void tooManyPipelinedRequestsAreDisconnected() {
        var opener = connect();
        var polls = new StringBuilder();
        for (int n = 0; n < 100; n++) {
            var sid = opener.get(POLLING).body().replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
            polls.append("GET ").append(POLLING).append("&sid=").append(sid).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        var peer = connect();
        peer.write(polls.toString());
        peer.awaitEnd();
    }

    @Test
    void aFloodOfRequestsDoesNotAffectOtherClients() {
        var peer = connect();
        var request = "GET " + POLLING + "&sid=made-up HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int round = 0; round < 20; round++) {
            peer.write(request.repeat(50));
            assertConnected(bystander);
            for (int i = 0; i < 50; i++) {
                assertThat(peer.readResponse().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void aFloodOfMessagesDoesNotAffectOtherClients() {
        var peer = joined();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 500; i++) {
                peer.sendText("42[\"unhandled\"," + i + "]");
            }
            assertConnected(bystander);
        }
        assertConnected(peer);
    }

    @Test
    void namespacesPerConnectionAreLimited() {
        var peer = joined();
        for (int i = 0; i < 100; i++) { // one is joined already
            peer.sendText("40/made-up-" + i + ",");
        }
        for (int i = 0; i < 99; i++) {
            assertThat(peer.readFrame().text()).startsWith("44/made-up-" + i + ",");
        }
        assertThat(peer.readCloseCode()).isEqualTo(1002);
    }
}
