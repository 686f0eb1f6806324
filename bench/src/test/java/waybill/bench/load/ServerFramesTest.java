package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFramesTest {

    private static final int TEXT = 0x81;

    private final List<String> received = new ArrayList<>();

    private final ServerFrames.Listener listener = new ServerFrames.Listener() {
        @Override
        public void onText(byte[] bytes, int from, int to) {
            received.add(new String(bytes, from, to - from, US_ASCII));
        }

        @Override
        public void onPing(byte[] bytes, int from, int to) {
            received.add("ping " + new String(bytes, from, to - from, US_ASCII));
        }

        @Override
        public void onClose(String reason) {
            received.add("closed: " + reason);
        }
    };

    @Test
    void parsesEveryFrameWhereverReadsAreSplit() {
        var long1 = "y".repeat(126);
        var long2 = "z".repeat(ServerFrames.PAYLOAD_MAX);
        var bytes =
                joined(frame(TEXT, "2"), frame(TEXT, long1), frame(0x8a, "pong"), frame(0x89, "?"), frame(TEXT, long2));
        for (var cut = 0; cut <= bytes.length; cut += cut < 200 ? 1 : 997) {
            received.clear();
            var done = ServerFrames.parse(bytes, 0, cut, listener);
            assertThat(done).as("done at cut %d", cut).isBetween(0, cut);
            assertThat(ServerFrames.parse(bytes, done, bytes.length, listener)).isEqualTo(bytes.length);
            assertThat(received).as("received at cut %d", cut).containsExactly("2", long1, "ping ?", long2);
        }
    }

    @ParameterizedTest(name = "first byte {0}")
    @ValueSource(ints = {0x01, 0x80, 0x82, 0xc1})
    void anUnsupportedFrameClosesTheConnection(int first) {
        var bytes = frame(first, "hello");
        ServerFrames.parse(bytes, 0, bytes.length, listener);
        assertThat(received).containsExactly("closed: frame begins with " + first + " (expected: a whole text frame)");
    }

    @Test
    void aCloseFrameClosesTheConnection() {
        var bytes = frame(0x88, "");
        ServerFrames.parse(bytes, 0, bytes.length, listener);
        assertThat(received).containsExactly("closed: close frame");
    }

    @Test
    void aFrameOverTheLimitClosesTheConnectionBeforeItIsComplete() {
        var bytes = new byte[] {(byte) TEXT, 127, 0, 0, 0, 0, 0, 1, 0, 1};
        assertThat(ServerFrames.parse(bytes, 0, bytes.length, listener)).isEqualTo(bytes.length);
        assertThat(received).containsExactly("closed: frame of 65537 bytes (expected: 0..65536)");
    }

    @Test
    void aMaskedFrameClosesTheConnection() {
        var bytes = new byte[] {(byte) TEXT, (byte) 0x81, 1, 2, 3, 4, 5};
        ServerFrames.parse(bytes, 0, bytes.length, listener);
        assertThat(received).containsExactly("closed: masked frame (expected: a server's, unmasked)");
    }

    private static byte[] frame(int first, String text) {
        var frame = new ByteArrayOutputStream();
        var length = text.length();
        frame.write(first);
        if (length < 126) {
            frame.write(length);
        } else if (length < 65_536) {
            frame.writeBytes(new byte[] {126, (byte) (length >> 8), (byte) length});
        } else {
            frame.writeBytes(
                    new byte[] {127, 0, 0, 0, 0, 0, (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        }
        frame.writeBytes(text.getBytes(US_ASCII));
        return frame.toByteArray();
    }

    private static byte[] joined(byte[]... frames) {
        var all = new ByteArrayOutputStream();
        for (var frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }
}
