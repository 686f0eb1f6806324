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
import waybill.socketio.SocketServer;
import waybill.socketio.netty.EngineConfig;

/// Clients that mean harm, or are broken: each loses its own connection, while another on the same event loop goes on.
class AbuseTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private static final int LIMIT = 10_000;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2); // long enough for one that does not dawdle
    private static final int COMPRESSED_TEXT = 0x80 | 0x40 | Peer.TEXT;

    private final List<Peer> peers = new ArrayList<>();
    private final List<SocketServer> servers = new ArrayList<>();
    private int port = start(engine -> engine);
    private Peer bystander = joined();

    @AfterEach
    void theBystanderGoesOn() {
        try {
            assertGoesOn(bystander);
        } finally {
            peers.forEach(Peer::close);
            servers.forEach(server -> server.close(Duration.ZERO));
        }
    }

    private static void assertGoesOn(Peer peer) {
        peer.text("42[\"say\",\"still here\"]");
        assertThat(next(peer).text()).isEqualTo("42[\"said\",\"still here\"]");
    }

    /// What comes next that is no ping; one that comes before it is answered.
    private static Peer.Heard next(Peer peer) {
        var heard = peer.hear();
        while (heard.text().equals("2")) {
            peer.text("3");
            heard = peer.hear();
        }
        return heard;
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

    private Peer dial() {
        var peer = Peer.dial(port);
        peers.add(peer);
        return peer;
    }

    private Peer joined(String... headers) {
        var peer = Peer.webSocket(port, WEBSOCKET, headers);
        peers.add(peer);
        assertThat(next(peer).text()).startsWith("0{");
        peer.text("40");
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
        peer.frame(COMPRESSED_TEXT, deflated("42[\"say\",\"" + "a".repeat(9_000) + "\"]"), true);
        assertThat(inflatedLength(peer.hear())).isGreaterThan(9_000);
        var bomb = deflated("42[\"say\",\"" + "a".repeat(5_000_000) + "\"]");
        assertThat(bomb.length).isLessThan(LIMIT);
        peer.frame(COMPRESSED_TEXT, bomb, true);
        assertThat(peer.closed()).isEqualTo(1009);
    }

    @Test
    void compressedFragmentsMayNotInflatePastTheLimitTogether() {
        startAgain(engine -> engine.withPerMessageDeflate(1_000));
        var peer = joined(DEFLATE);
        var bomb = deflated("42[\"say\",\"" + "a".repeat(5_000_000) + "\"]");
        int half = bomb.length / 2;
        peer.frame(0x40 | Peer.TEXT, Arrays.copyOf(bomb, half), true);
        peer.fragment(Peer.CONTINUATION, true, Arrays.copyOfRange(bomb, half, bomb.length));
        assertThat(peer.closed()).isEqualTo(1009);
    }

    @Test
    void aFrameThatDoesNotInflateAtAllIsClosed() {
        startAgain(engine -> engine.withPerMessageDeflate(1_000));
        var peer = joined(DEFLATE);
        peer.frame(COMPRESSED_TEXT, new byte[] {(byte) 0xFF, 1, 2, 3, 4}, true);
        assertThat(peer.closed()).isNotEqualTo(1000);
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

    private static int inflatedLength(Peer.Heard heard) {
        assertThat(heard.compressed()).as("compressed").isTrue();
        var inflater = new Inflater(true);
        try {
            inflater.setInput(heard.bytes());
            return inflater.inflate(new byte[1_000_000]);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    @Test
    void aRequestThatComesByteByByteIsNotWaitedFor() {
        startAgain(engine -> engine.withRequestTimeout(REQUEST_TIMEOUT));
        var silent = dial();
        var halfHead = dial();
        halfHead.say("GET " + POLLING + " HTTP/1.1\r\nHost: a\r\n");
        var halfBody = dial();
        halfBody.say("POST " + POLLING + "&sid=x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n4he");
        silent.ended();
        halfHead.ended();
        halfBody.ended();
    }

    /// Keeps dripping, so that no single silence is long.
    @Test
    void aRequestThatDripsIsCutOffToo() {
        startAgain(engine -> engine.withRequestTimeout(REQUEST_TIMEOUT));
        var drip = dial();
        drip.say("GET " + POLLING + " HTTP/1.1\r\n");
        assertThatThrownBy(() -> {
                    while (true) {
                        drip.say("X-Drip: 1\r\n");
                        assertGoesOn(bystander);
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aPollThatWaitsIsNoSlowRequest() {
        startAgain(engine -> engine.withRequestTimeout(REQUEST_TIMEOUT).withPingInterval(Duration.ofSeconds(5)));
        var peer = dial();
        var open = peer.get(POLLING).body();
        var sid = open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(peer.get(POLLING + "&sid=" + sid).body()).isEqualTo("2");
        bystander = joined();
    }

    @Test
    void halfAFrameIsForgottenWithItsConnection() {
        startAgain(engine -> engine.withPingInterval(Duration.ofMillis(300)).withPingTimeout(Duration.ofSeconds(2)));
        var peer = joined();
        peer.say(new byte[] {(byte) 0x81, (byte) 0xFE, 0x10});
        peer.closed();
        bystander = joined();
    }

    @Test
    void oneThatReadsNothingIsCutOffWhenTooMuchWaitsForIt() {
        startAgain(engine -> engine.withOutbox(1_000, 1_000_000));
        var peer = joined();
        assertThatThrownBy(() -> {
                    while (true) {
                        peer.text("42[\"more\"]");
                        assertGoesOn(bystander);
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    /// Polls of as many sessions, for a session's second poll would end it and be answered at once.
    @Test
    void aFloodOfRequestsThatAwaitTheirAnswersOnOneConnectionIsCutOff() {
        var opener = dial();
        var polls = new StringBuilder();
        for (int n = 0; n < 100; n++) {
            var sid = opener.get(POLLING).body().replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
            polls.append("GET ").append(POLLING).append("&sid=").append(sid).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        var peer = dial();
        peer.say(polls.toString());
        peer.ended();
    }

    @Test
    void aFloodOfRequestsThatAreAnsweredHarmsNobodyElse() {
        var peer = dial();
        var request = "GET " + POLLING + "&sid=made-up HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int round = 0; round < 20; round++) {
            peer.say(request.repeat(50));
            assertGoesOn(bystander);
            for (int i = 0; i < 50; i++) {
                assertThat(peer.response().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void aFloodOfMessagesHarmsNobodyElse() {
        var peer = joined();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 500; i++) {
                peer.text("42[\"nobody listens\"," + i + "]");
            }
            assertGoesOn(bystander);
        }
        assertGoesOn(peer);
    }

    @Test
    void manyNamespacesAreTooMany() {
        var peer = joined();
        for (int i = 0; i < 100; i++) { // one is joined already
            peer.text("40/made-up-" + i + ",");
        }
        for (int i = 0; i < 99; i++) {
            assertThat(peer.hear().text()).startsWith("44/made-up-" + i + ",");
        }
        assertThat(peer.closed()).isEqualTo(1002);
    }
}
