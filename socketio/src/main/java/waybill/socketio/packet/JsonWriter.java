package waybill.socketio.packet;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.JsonText;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;

/// Writes what an application emits: `String`, `Number`, `Boolean`, null, `Map`, `Iterable`, arrays, records, enums
/// (by name), `Optional`, `Character`, `UUID`, times (as ISO 8601 has them), [JsonText], and `byte[]` and
/// `ByteBuffer`, which leave a placeholder and go along as attachments.
public final class JsonWriter {

    private static final String HEX = "0123456789abcdef";

    private static final int INITIAL_CHARS = 128;

    private final StringBuilder out;
    private final List<byte[]> attachments = new ArrayList<>(0);

    private JsonWriter(int room) {
        out = new StringBuilder(room);
    }

    /// A writer that is filled value by value.
    JsonWriter() {
        this(INITIAL_CHARS);
    }

    /// What is written so far.
    StringBuilder text() {
        return out;
    }

    List<byte[]> attachments() {
        return attachments;
    }

    void value(@Nullable Object value) {
        value(value, 0);
    }

    /// `["event",argument,…]` as a packet.
    public static Packet.Event event(String namespace, long ackId, String event, @Nullable Object... arguments) {
        if (arguments.length == 1 && arguments[0] instanceof JsonText only && isPlain(event)) {
            return new Packet.Event(
                    namespace, ackId, JsonArray.ofTrusted("[\"" + event + "\"," + only.json() + "]"), List.of());
        }
        var writer = new JsonWriter(initialChars(arguments));
        writer.out.append('[');
        writer.string(event);
        for (var argument : arguments) {
            writer.out.append(',');
            writer.value(argument, 1);
        }
        writer.out.append(']');
        return new Packet.Event(namespace, ackId, JsonArray.ofTrusted(writer.out.toString()), writer.attachments);
    }

    /// `[argument,…]` as the answer to an event.
    public static Packet.AckPacket ack(String namespace, long ackId, @Nullable Object... arguments) {
        var writer = new JsonWriter(initialChars(arguments));
        writer.value(arguments, 0);
        return new Packet.AckPacket(namespace, ackId, JsonArray.ofTrusted(writer.out.toString()), writer.attachments);
    }

    /// One value as JSON text; binary has no place in it.
    public static String json(@Nullable Object value) {
        var writer = new JsonWriter(INITIAL_CHARS);
        writer.value(value, 0);
        if (!writer.attachments.isEmpty()) {
            throw new IllegalArgumentException("value: holds a byte[] (expected: JSON without binary)");
        }
        return writer.out.toString();
    }

    /// Room that need not grow where the arguments are JSON already.
    private static int initialChars(@Nullable Object... arguments) {
        int room = INITIAL_CHARS;
        for (var argument : arguments) {
            room += argument instanceof JsonText text ? text.json().length() : 0;
        }
        return room;
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > PacketLimits.DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "argument: nests too deep (expected: at most " + PacketLimits.DEPTH_MAX + ")");
        }
        switch (value) {
            case null -> out.append("null");
            case CharSequence text -> string(text);
            case JsonText text -> out.append(text.json());
            case Boolean bool -> out.append(bool.booleanValue());
            case Double number -> fraction(number);
            case Float number -> fraction(number);
            case Number number -> out.append(number);
            case byte[] bytes -> attachment(bytes);
            case Map<?, ?> map -> members(map, depth);
            case Iterable<?> elements -> elements(elements, depth);
            case Enum<?> constant -> string(constant.name());
            case Record components -> record(components, depth);
            case Optional<?> optional -> value(optional.orElse(null), depth);
            case Character character -> string(String.valueOf(character));
            case UUID id -> string(id.toString());
            case TemporalAccessor time -> string(time.toString());
            case ByteBuffer bytes -> attachment(copied(bytes));
            case Object array when array.getClass().isArray() -> elements(boxed(array), depth);
            default ->
                throw new IllegalArgumentException(
                        "argument: " + value.getClass().getName()
                                + " (expected: String, Number, Boolean, null, Map, Iterable, array, record, enum, Optional,"
                                + " Character, UUID, a time, byte[], ByteBuffer or RawJson)");
        }
    }

    /// As JavaScript writes numbers: whole ones without `.0`, and what JSON has no word for as null.
    private void fraction(double number) {
        if (!Double.isFinite(number)) {
            out.append("null");
        } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            out.append((long) number);
        } else {
            out.append(number);
        }
    }

    private void record(Record components, int depth) {
        var shape = RecordShape.of(components.getClass());
        char separator = '{';
        for (var component : shape.components()) {
            out.append(separator);
            string(component.name());
            out.append(':');
            value(shape.get(component, components), depth + 1);
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static byte[] copied(ByteBuffer from) {
        var bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
        return bytes;
    }

    private void attachment(byte[] bytes) {
        out.append("{\"_placeholder\":true,\"num\":").append(attachments.size()).append('}');
        attachments.add(bytes);
    }

    private void members(Map<?, ?> map, int depth) {
        char separator = '{';
        for (var member : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(member.getKey()));
            out.append(':');
            value(member.getValue(), depth + 1);
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private void elements(Iterable<?> elements, int depth) {
        char separator = '[';
        for (var element : elements) {
            out.append(separator);
            value(element, depth + 1);
            separator = ',';
        }
        out.append(separator == '[' ? "[]" : "]");
    }

    private static List<@Nullable Object> boxed(Object array) {
        var list = new ArrayList<@Nullable Object>();
        for (int i = 0, length = Array.getLength(array); i < length; i++) {
            list.add(Array.get(array, i));
        }
        return list;
    }

    private void string(CharSequence text) {
        out.append('"');
        if (isPlain(text)) {
            out.append(text);
        } else {
            escaped(text);
        }
        out.append('"');
    }

    /// Whether all of it means itself in JSON, as in most names: then it is appended whole.
    private static boolean isPlain(CharSequence text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void escaped(CharSequence text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || (Character.isSurrogate(c) && !isPaired(text, i))) {
                        unicodeEscape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    /// A surrogate without its other half has no UTF-8, so it goes as an escape, as `JSON.stringify` writes it.
    private static boolean isPaired(CharSequence text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private void unicodeEscape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xF));
        }
    }
}
