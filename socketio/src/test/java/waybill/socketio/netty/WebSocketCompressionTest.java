package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;
import waybill.socketio.wire.RawClient;

/// Messages of all sizes, compressed by both ends.
class WebSocketCompressionTest {

    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final int LIMIT = 1_000_000;
    private static final int COMPRESSED_TEXT = 0x80 | 0x40 | RawClient.TEXT;

    @ParameterizedTest
    @ValueSource(ints = {900, 2_000, 50_000, LIMIT - 1_000, LIMIT})
    void aCompressedMessageIsEchoedCompressed(int length) throws DataFormatException {
        var server = new SocketServer(
                Config.defaults().withEngine(engine -> engine.withLoops(1).withPerMessageDeflate(1_024)));
        server.of("/").on("say", (socket, args, _) -> socket.emit("sad", args.string(0)));
        int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
        try (var peer = RawClient.openWebSocket(
                port, WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(peer.readFrame().text()).startsWith("0{");
            peer.sendFrame(COMPRESSED_TEXT, deflated("40"), true);
            assertThat(peer.readFrame().text()).startsWith("40{");
            var frame = "42[\"say\",\"";
            var text = frame + "søppel ".repeat(length).substring(0, length - frame.length() - 2 - length / 7) + "\"]";
            peer.sendFrame(COMPRESSED_TEXT, deflated(text), true);
            var received = peer.readFrame();
            var decoded = received.compressed() ? inflated(received.bytes()) : received.text();
            assertThat(received.compressed()).isEqualTo(length > 1_024);
            assertThat(decoded).isEqualTo(text.replace("\"say\"", "\"sad\""));
        } finally {
            server.close(Duration.ZERO);
        }
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

    private static String inflated(byte[] bytes) throws DataFormatException {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(bytes);
            var out = new byte[2 * LIMIT];
            return new String(out, 0, inflater.inflate(out), StandardCharsets.UTF_8);
        } finally {
            inflater.end();
        }
    }
}
