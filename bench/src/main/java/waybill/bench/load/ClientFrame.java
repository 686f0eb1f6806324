package waybill.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A text frame of a WebSocket client, masked in advance. `%TS%` and `%SEQ%` in its text are slots for numbers of fixed
/// width, so that sending it again writes only the digits.
///
/// Confined to the generator's event loop.
final class ClientFrame {

    static final int SEQ_DIGITS = 10;

    /// Sequence numbers start here, so that each has [#SEQ_DIGITS] digits.
    static final long SEQ_FIRST = 1_000_000_000L;

    static final int TEXT = 1;
    static final int PONG = 10;

    private static final Pattern SLOT = Pattern.compile("%(TS|SEQ)%");
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int LENGTH_SHORT_MAX = 125;
    private static final int LENGTH_MAX = 0xffff;

    private final byte[] frame;
    private final int payloadAt;
    private final int[] tsAt;
    private final int[] seqAt;

    private ClientFrame(byte[] payload, int[] tsAt, int[] seqAt) {
        this.payloadAt = headerLength(payload.length);
        this.frame = masked(TEXT, payload);
        this.tsAt = tsAt;
        this.seqAt = seqAt;
    }

    /// A frame for an ASCII template.
    static ClientFrame of(String template) {
        var ts = IntStream.builder();
        var seq = IntStream.builder();
        var text = new StringBuilder();
        var slots = SLOT.matcher(template);
        while (slots.find()) {
            slots.appendReplacement(text, "");
            var isTs = slots.group(1).equals("TS");
            (isTs ? ts : seq).add(text.length());
            text.append("0".repeat(isTs ? Stamp.DIGITS : SEQ_DIGITS));
        }
        slots.appendTail(text);
        return new ClientFrame(
                text.toString().getBytes(UTF_8),
                ts.build().toArray(),
                seq.build().toArray());
    }

    /// The frame with these numbers in its slots. Only the last digits of the time are written.
    ByteBuf stamped(ByteBufAllocator allocator, long ts, long seq) {
        for (var at : tsAt) {
            putDigits(at, Stamp.DIGITS, ts);
        }
        for (var at : seqAt) {
            putDigits(at, SEQ_DIGITS, seq);
        }
        return allocator.directBuffer(frame.length).writeBytes(frame);
    }

    private void putDigits(int at, int digits, long number) {
        var rest = number;
        for (var i = at + digits - 1; i >= at; i--) {
            frame[payloadAt + i] = (byte) (('0' + rest % 10) ^ MASK[i & 3]);
            rest /= 10;
        }
    }

    /// A client frame around `payload`, which is not changed.
    static byte[] masked(int opcode, byte[] payload) {
        if (payload.length > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "payload: " + payload.length + " bytes (expected: 0.." + LENGTH_MAX + ")");
        }
        var header = headerLength(payload.length);
        var frame = new byte[header + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        if (payload.length <= LENGTH_SHORT_MAX) {
            frame[1] = (byte) (0x80 | payload.length);
        } else {
            frame[1] = (byte) (0x80 | 126);
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(MASK, 0, frame, header - MASK.length, MASK.length);
        for (var i = 0; i < payload.length; i++) {
            frame[header + i] = (byte) (payload[i] ^ MASK[i & 3]);
        }
        return frame;
    }

    private static int headerLength(int payload) {
        return 2 + (payload <= LENGTH_SHORT_MAX ? 0 : 2) + MASK.length;
    }
}
