package waybill.socketio.room;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads WebSocket frames off a buffer as a client would, strictly by RFC 6455.
final class FrameReader {

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private FrameReader() {}

    /// The messages in the buffer: a text as it is, binary as `<3 bytes>`.
    static List<String> messages(ByteBuf frames) {
        var messages = new ArrayList<String>();
        var in = frames.duplicate();
        while (in.isReadable()) {
            int opcode = in.readUnsignedByte();
            int length = length(in);
            switch (opcode) {
                case TEXT ->
                    messages.add(
                            in.readCharSequence(length, StandardCharsets.UTF_8).toString());
                case BINARY -> {
                    in.skipBytes(length);
                    messages.add("<" + length + " bytes>");
                }
                default -> throw new AssertionError("opcode: " + opcode + " (expected: text or binary, final)");
            }
        }
        return messages;
    }

    /// The length, which must be encoded in the fewest bytes that can hold it.
    private static int length(ByteBuf in) {
        int first = in.readUnsignedByte();
        if (first < 126) {
            return first;
        }
        long length = first == 126 ? in.readUnsignedShort() : in.readLong();
        long least = first == 126 ? 126 : 65_536;
        if (first > 127 || length < least) {
            throw new AssertionError("length: " + first + ", " + length + " (expected: at least " + least + ")");
        }
        return Math.toIntExact(length);
    }
}
