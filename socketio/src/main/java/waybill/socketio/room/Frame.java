package waybill.socketio.room;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufHolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;

/// One message, encoded once for all its receivers: ready WebSocket frames, a text and then its attachments.
/// Frames from a server are not masked, so every socket can be written the same bytes.
///
/// Reference-counted: the creator of a frame owns one reference and releases it with [#release]; a queue that
/// keeps the frame retains its own.
public final class Frame {

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int HEADER_MAX = 10;

    private final ByteBuf wire;
    private final int textIndex;
    private final int textLength;
    private final List<byte[]> attachments;
    private final FrameKind kind;
    private final String key;
    private final boolean compress;

    private Frame(ByteBuf wire, int textIndex, int textLength, List<byte[]> attachments, FrameOptions options) {
        this.wire = wire;
        this.textIndex = textIndex;
        this.textLength = textLength;
        this.attachments = attachments;
        this.kind = options.kind();
        this.key = options.key();
        this.compress = options.compress();
    }

    /// The text of a packet in two parts, and its attachments. Without a text there are attachments alone.
    public static Frame of(
            ByteBufAllocator allocator, String head, String data, List<byte[]> attachments, FrameOptions options) {
        var wire = allocator.directBuffer(sizeAtMost(head, data, attachments));
        try {
            int textLength = write(wire, head, data, attachments);
            return new Frame(wire, textLength == 0 ? 0 : headerLength(textLength), textLength, attachments, options);
        } catch (RuntimeException | Error e) {
            wire.release();
            throw e;
        }
    }

    /// Room for the message if its text is ASCII; a buffer grows where it is not.
    public static int sizeAtMost(String head, String data, List<byte[]> attachments) {
        int size = HEADER_MAX + head.length() + data.length();
        for (var bytes : attachments) {
            size += HEADER_MAX + bytes.length;
        }
        return size;
    }

    /// Appends the message to a buffer that goes to one socket only. Returns how many bytes its text has.
    public static int write(ByteBuf to, String head, String data, List<byte[]> attachments) {
        // a String copies its bytes many at a time, where a buffer would take it character by character
        var first = head.getBytes(StandardCharsets.UTF_8);
        var second = data.getBytes(StandardCharsets.UTF_8);
        int textLength = first.length + second.length;
        if (textLength > 0) {
            header(to, TEXT, textLength);
            to.writeBytes(first);
            to.writeBytes(second);
        }
        for (var bytes : attachments) {
            header(to, BINARY, bytes.length);
            to.writeBytes(bytes);
        }
        return textLength;
    }

    /// A WebSocket close frame.
    public static ByteBuf close(ByteBufAllocator allocator, int code) {
        var frame = allocator.directBuffer(4);
        header(frame, CLOSE, 2);
        return frame.writeShort(code);
    }

    /// A WebSocket ping that carries a number, which comes back with its pong.
    public static ByteBuf ping(ByteBufAllocator allocator, long number) {
        var frame = allocator.directBuffer(2 + Long.BYTES);
        header(frame, PING, Long.BYTES);
        return frame.writeLong(number);
    }

    /// A WebSocket pong with the ping's own data.
    public static ByteBuf pong(ByteBufAllocator allocator, ByteBufHolder ping) {
        var data = ping.content();
        var frame = allocator.directBuffer(HEADER_MAX + data.readableBytes());
        header(frame, PONG, data.readableBytes());
        return frame.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    private static void header(ByteBuf to, int opcode, int length) {
        to.writeByte(opcode);
        if (length < LENGTH_16) {
            to.writeByte(length);
        } else if (length <= 0xFFFF) {
            to.writeByte(LENGTH_16).writeShort(length);
        } else {
            to.writeByte(LENGTH_64).writeLong(length);
        }
    }

    private static int headerLength(int length) {
        return length < LENGTH_16 ? 2 : length <= 0xFFFF ? 4 : HEADER_MAX;
    }

    public FrameKind kind() {
        return kind;
    }

    String key() {
        return key;
    }

    /// The WebSocket frames. A reader writes a duplicate, never this one.
    public ByteBuf wire() {
        return wire;
    }

    public int size() {
        return wire.readableBytes();
    }

    /// Whether a socket that agreed on compression should compress a text as long as this.
    public boolean isWorthCompressing(int thresholdBytes) {
        return compress && attachments.isEmpty() && textLength >= thresholdBytes;
    }

    public String text() {
        return wire.toString(textIndex, textLength, StandardCharsets.UTF_8);
    }

    /// The text's own bytes, with a reference of their own.
    public ByteBuf retainedText() {
        return wire.retainedSlice(textIndex, textLength);
    }

    public List<byte[]> attachments() {
        return attachments;
    }

    public Frame retain() {
        wire.retain();
        return this;
    }

    public void release() {
        wire.release();
    }

    @Override
    public String toString() {
        return kind + (key.isEmpty() ? "" : " " + key) + " " + text();
    }
}
