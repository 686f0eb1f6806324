package waybill.cli.attack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// WebSocket frames of a client, masked with zeros.
final class ClientFrames {

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int SHORT_MAX = 125;
    private static final int MEDIUM_MAX = 0xFFFF;

    private ClientFrames() {}

    static byte[] text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] binary(int length) {
        return frame(BINARY, new byte[length]);
    }

    static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 14).put((byte) (FIN | opcode));
        if (payload.length <= SHORT_MAX) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= MEDIUM_MAX) { // a longer form than needed would be a protocol error
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
