package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFrameTest {

    private static final long TS = 1_795_000_000_123_456L;
    private static final long SEQ = ClientFrame.SEQ_FIRST + 42;

    @Test
    void theSlotsAreFilledOnEachUse() {
        var frame = ClientFrame.of("42/x,[\"e\",{\"a\":%SEQ%,\"ts\":%TS%,\"b\":\"o%SEQ%\"}]");
        assertThat(decoded(stamped(frame, 1_000_000_000_000_000L, ClientFrame.SEQ_FIRST)))
                .isEqualTo("42/x,[\"e\",{\"a\":1000000000,\"ts\":000000000,\"b\":\"o1000000000\"}]");
        assertThat(decoded(stamped(frame, TS, SEQ)))
                .isEqualTo("42/x,[\"e\",{\"a\":1000000042,\"ts\":000123456,\"b\":\"o1000000042\"}]");
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 125, 126, 65_535})
    void aServerDecodesAFrameOfAnyLength(int length) {
        var text = "x".repeat(length);
        assertThat(decoded(ClientFrame.masked(ClientFrame.TEXT, text.getBytes(US_ASCII))))
                .isEqualTo(text);
    }

    @Test
    void aPayloadOverTheLimitIsRejected() {
        assertThatThrownBy(() -> ClientFrame.masked(ClientFrame.TEXT, new byte[65_536]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: 65536 bytes (expected: 0..65535)");
    }

    private static byte[] stamped(ClientFrame frame, long ts, long seq) {
        var buffer = frame.stamped(UnpooledByteBufAllocator.DEFAULT, ts, seq);
        try {
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    /// Decodes the bytes with a server's decoder, which requires masks.
    private static String decoded(byte[] bytes) {
        var channel = new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, 65_536));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        TextWebSocketFrame frame = channel.readInbound();
        try {
            return frame.text();
        } finally {
            frame.release();
            channel.finishAndReleaseAll();
        }
    }
}
