package waybill.server.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// A client's end of a WebSocket: its request, its frames, and the frames of the hub.
final class WebSocketFrames {

    private static final String HEAD_END = "\r\n\r\n";
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final Consumer<String> texts;
    private byte[] buffer = {};
    private boolean isOpen;

    /// @param texts receives the content of each text frame
    WebSocketFrames(Consumer<String> texts) {
        this.texts = texts;
    }

    static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost:9001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" + HEAD_END)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// A text frame. Its mask is zero, so that the content stays readable.
    static byte[] text(String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream(bytes.length + 14);
        frame.write(TEXT);
        if (bytes.length < TWO_BYTES) {
            frame.write(MASKED | bytes.length);
        } else {
            frame.write(MASKED | TWO_BYTES);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(bytes);
        return frame.toByteArray();
    }

    /// Bytes of the hub; false when it has refused the WebSocket.
    boolean receive(byte[] bytes) {
        var joined = Arrays.copyOf(buffer, buffer.length + bytes.length);
        System.arraycopy(bytes, 0, joined, buffer.length, bytes.length);
        buffer = joined;
        if (!isOpen && !readHead()) {
            return buffer.length == 0;
        }
        while (readFrame()) {
            // the next one may be there as well
        }
        return true;
    }

    private boolean readHead() {
        var head = new String(buffer, StandardCharsets.ISO_8859_1);
        var end = head.indexOf(HEAD_END);
        if (end < 0 || !head.startsWith("HTTP/1.1 101")) {
            return false;
        }
        isOpen = true;
        buffer = Arrays.copyOfRange(buffer, end + HEAD_END.length(), buffer.length);
        return true;
    }

    private boolean readFrame() {
        if (buffer.length < 2) {
            return false;
        }
        var view = ByteBuffer.wrap(buffer);
        var opcode = view.get() & 0x0F;
        var length = (long) (view.get() & 0x7F);
        var headBytes = length == TWO_BYTES ? 4 : length == EIGHT_BYTES ? 10 : 2;
        if (buffer.length < headBytes) {
            return false;
        }
        if (length == TWO_BYTES) {
            length = view.getShort() & 0xFFFF;
        } else if (length == EIGHT_BYTES) {
            length = view.getLong();
        }
        var end = headBytes + (int) length;
        if (buffer.length < end) {
            return false;
        }
        var content = new String(buffer, headBytes, (int) length, StandardCharsets.UTF_8);
        buffer = Arrays.copyOfRange(buffer, end, buffer.length);
        if (opcode == 1) {
            texts.accept(content);
        }
        return true;
    }
}
