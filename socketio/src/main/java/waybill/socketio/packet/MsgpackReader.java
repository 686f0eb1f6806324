package waybill.socketio.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;

/// Reads the MessagePack of one packet. Its data becomes the JSON text that the standard parser would have
/// brought, binary an attachment; nothing is made of it that is larger than that.
final class MsgpackReader {

    private static final byte EXTENSION = 0; // of the JavaScript encoder: undefined, dates and array buffers
    private static final byte TIMESTAMP = -1; // of the specification, and of newer JavaScript encoders

    private final ByteBuffer in;
    private final PacketLimits limits;
    private final JsonWriter out = new JsonWriter();

    private MsgpackReader(byte[] bytes, PacketLimits limits) {
        this.in = ByteBuffer.wrap(bytes);
        this.limits = limits;
    }

    /// @param data JSON, or null where there is none
    record PacketFields(
            int type, String namespace, long id, @Nullable String data, List<byte[]> attachments) {}

    static PacketFields fields(byte[] bytes, PacketLimits limits) throws ProtocolException {
        return new MsgpackReader(bytes, limits).packet();
    }

    /// One value, which the bytes must be.
    static MsgpackDocument document(byte[] bytes, PacketLimits limits) throws ProtocolException {
        var reader = new MsgpackReader(bytes, limits);
        var json = reader.json();
        reader.end();
        return new MsgpackDocument(json, List.copyOf(reader.out.attachments()));
    }

    private PacketFields packet() throws ProtocolException {
        int type = -1;
        var namespace = "";
        long id = Packet.NO_ACK;
        String data = null;
        int first = next();
        if ((first & 0xF0) != 0x80) {
            throw new ProtocolException("MessagePack: no packet (expected: a map of type, nsp, data and id)");
        }
        for (int left = first & 0x0F; left > 0; left--) {
            var json = json();
            switch (json) {
                case "\"type\"" -> type = Math.clamp(number(json(), 4), -1, 9);
                case "\"nsp\"" -> namespace = name(json());
                case "\"id\"" -> id = number(json(), Packet.ACK_ID_MAX);
                case "\"data\"" -> data = json();
                default -> json(); // the client's own, such as `options`
            }
        }
        end();
        boolean absent = data == null || data.equals("null");
        return new PacketFields(type, namespace, id, absent ? null : data, List.copyOf(out.attachments()));
    }

    private void end() throws ProtocolException {
        if (in.hasRemaining()) {
            throw new ProtocolException("MessagePack: " + in.remaining() + " bytes behind the packet (expected: none)");
        }
    }

    private String json() throws ProtocolException {
        out.text().setLength(0);
        value(0);
        return out.text().toString();
    }

    private static long number(String json, long max) throws ProtocolException {
        if (json.equals("null")) {
            return Packet.NO_ACK;
        }
        try {
            long number = Long.parseLong(json);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // handled below
        }
        throw new ProtocolException("MessagePack: type or id (expected: a whole number 0.." + max + ")");
    }

    private String name(String json) throws ProtocolException {
        if (!(JsonReader.read(json, 0, json.length(), List.of()) instanceof String name) || !name.startsWith("/")) {
            throw new ProtocolException("MessagePack: nsp (expected: a string that begins with '/')");
        }
        int query = name.indexOf('?');
        var bare = query < 0 ? name : name.substring(0, query);
        if (bare.length() > limits.namespaceMax()) {
            throw new ProtocolException(
                    "namespace: " + bare.length() + " characters (expected: at most " + limits.namespaceMax() + ")");
        }
        return bare;
    }

    private void value(int depth) throws ProtocolException {
        if (depth > limits.depthMax()) {
            throw new ProtocolException("MessagePack nests too deep (expected: at most " + limits.depthMax() + ")");
        }
        int code = next();
        if (code < 0x80 || code >= 0xE0) {
            out.value((long) (byte) code);
        } else if (code < 0x90) {
            members(code & 0x0F, depth);
        } else if (code < 0xA0) {
            elements(code & 0x0F, depth);
        } else if (code < 0xC0) {
            string(code & 0x1F);
        } else {
            wide(code, depth);
        }
    }

    private void wide(int code, int depth) throws ProtocolException {
        switch (code) {
            case 0xC0 -> out.value(null);
            case 0xC2 -> out.value(false);
            case 0xC3 -> out.value(true);
            case 0xC4, 0xC5, 0xC6 -> binary(length(1 << (code - 0xC4)));
            case 0xC7, 0xC8, 0xC9 -> extension(length(1 << (code - 0xC7)));
            case 0xCA -> out.value((double) Float.intBitsToFloat((int) unsigned(4)));
            case 0xCB -> out.value(Double.longBitsToDouble(unsigned(8)));
            case 0xCC, 0xCD, 0xCE -> out.value(unsigned(1 << (code - 0xCC)));
            case 0xCF -> longInteger(unsigned(8));
            case 0xD0 -> out.value((long) (byte) unsigned(1));
            case 0xD1 -> out.value((long) (short) unsigned(2));
            case 0xD2 -> out.value((long) (int) unsigned(4));
            case 0xD3 -> out.value(unsigned(8));
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> extension(1 << (code - 0xD4));
            case 0xD9, 0xDA, 0xDB -> string(length(1 << (code - 0xD9)));
            case 0xDC, 0xDD -> elements(length(code == 0xDC ? 2 : 4), depth);
            case 0xDE, 0xDF -> members(length(code == 0xDE ? 2 : 4), depth);
            default -> throw new ProtocolException("MessagePack: " + code + " (expected: the code of a value)");
        }
    }

    private void longInteger(long bits) {
        out.value(bits >= 0 ? (Object) bits : (Object) (bits + 0x1p64));
    }

    private void elements(int count, int depth) throws ProtocolException {
        var text = out.text().append('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                text.append(',');
            }
            value(depth + 1);
        }
        text.append(']');
    }

    private void members(int count, int depth) throws ProtocolException {
        var text = out.text().append('{');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                text.append(',');
            }
            int code = next();
            if ((code & 0xE0) != 0xA0 && (code < 0xD9 || code > 0xDB)) {
                throw new ProtocolException("MessagePack: the name of a member (expected: a string)");
            }
            string(code < 0xC0 ? code & 0x1F : length(1 << (code - 0xD9)));
            text.append(':');
            value(depth + 1);
        }
        text.append('}');
    }

    private void string(int length) throws ProtocolException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(slice(length));
            out.value(text);
        } catch (CharacterCodingException _) {
            throw new ProtocolException("MessagePack: a string that is no UTF-8");
        }
    }

    private void binary(int length) throws ProtocolException {
        var bytes = new byte[length];
        slice(length).get(bytes);
        if (out.attachments().size() >= limits.attachmentsMax()) {
            throw new ProtocolException("attachments: too many (expected: at most " + limits.attachmentsMax() + ")");
        }
        out.value(bytes);
    }

    /// As the JavaScript encoder has them: one byte is `undefined`, eight are a date; all else is an
    /// `ArrayBuffer`.
    private void extension(int length) throws ProtocolException {
        byte type = (byte) next();
        if (type == TIMESTAMP) {
            out.value(timestamp(length));
            return;
        }
        if (type != EXTENSION) {
            throw new ProtocolException("MessagePack: an extension (expected: type 0)");
        }
        if (length == 1) {
            next();
            out.value(null);
        } else if (length == 8) {
            out.value(date(unsigned(8)));
        } else {
            binary(length);
        }
    }

    /// Seconds, and nanoseconds where it has more than four bytes.
    private Instant timestamp(int length) throws ProtocolException {
        return switch (length) {
            case 4 -> Instant.ofEpochSecond(unsigned(4));
            case 8 -> {
                long both = unsigned(8);
                yield Instant.ofEpochSecond(both & 0x3_FFFF_FFFFL, both >>> 34);
            }
            case 12 -> {
                long nanos = unsigned(4);
                yield instant(unsigned(8), nanos);
            }
            default ->
                throw new ProtocolException("MessagePack: a timestamp of " + length + " bytes (expected: 4, 8 or 12)");
        };
    }

    private static Instant instant(long seconds, long nanos) throws ProtocolException {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException _) {
            throw new ProtocolException("MessagePack: a timestamp (expected: seconds and nanoseconds)");
        }
    }

    private static Instant date(long ms) throws ProtocolException {
        try {
            return Instant.ofEpochMilli(ms);
        } catch (DateTimeException _) {
            throw new ProtocolException("MessagePack: a date (expected: milliseconds)");
        }
    }

    private int length(int bytes) throws ProtocolException {
        long length = unsigned(bytes);
        if (length > in.remaining()) {
            throw truncated();
        }
        return (int) length;
    }

    private ByteBuffer slice(int length) throws ProtocolException {
        if (length > in.remaining()) {
            throw truncated();
        }
        var slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private long unsigned(int bytes) throws ProtocolException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    private int next() throws ProtocolException {
        if (!in.hasRemaining()) {
            throw truncated();
        }
        return in.get() & 0xFF;
    }

    private static ProtocolException truncated() {
        return new ProtocolException("MessagePack: the end (expected: more)");
    }
}
