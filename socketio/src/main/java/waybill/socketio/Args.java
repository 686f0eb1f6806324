package waybill.socketio;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.JsonText;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.ValueBinder;

/// The arguments of an event, or of an ack. They stay JSON text until they are read. Immutable.
public final class Args {

    private final JsonArray data;
    private final List<byte[]> attachments;
    private final int from; // an event's own name comes before its arguments

    Args(JsonText data, List<byte[]> attachments, int from) {
        this.data = JsonArray.of(data);
        this.attachments = attachments;
        this.from = from;
    }

    public int size() {
        return data.size() - from;
    }

    /// The JSON text of an argument, `null` where it was not given. Binary parts stand in it as placeholders.
    public String json(int index) {
        return index < size() ? data.element(from + index) : "null";
    }

    /// An argument as a Java value: `Map`, `List`, `String`, `Long`, `Double`, `Boolean`, `byte[]`; null
    /// where it is null or was not given.
    public @Nullable Object value(int index) {
        return index < size() ? data.value(from + index, attachments) : null;
    }

    /// An argument that is a string, or null.
    public @Nullable String string(int index) {
        return value(index) instanceof String text ? text : null;
    }

    /// An argument that is a whole number of 32 bits, `5.0` as well as `5`, or null.
    public @Nullable Integer integer(int index) {
        var whole = longInteger(index);
        return whole == null || whole != whole.intValue() ? null : Integer.valueOf(whole.intValue());
    }

    /// An argument that is a whole number of 64 bits, or null.
    public @Nullable Long longInteger(int index) {
        return switch (value(index)) {
            case Long number -> number;
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
            case null, default -> null;
        };
    }

    /// An argument that is a number, or null.
    public @Nullable Double number(int index) {
        return value(index) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    /// An argument that is true or false, or null.
    public @Nullable Boolean bool(int index) {
        return value(index) instanceof Boolean bool ? bool : null;
    }

    /// An argument that is an object, or null.
    @SuppressWarnings("unchecked") // the names of a JSON object are strings
    public @Nullable Map<String, @Nullable Object> map(int index) {
        return value(index) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    /// An argument that is an array, or null.
    @SuppressWarnings("unchecked") // whatever they are, they are objects
    public @Nullable List<@Nullable Object> list(int index) {
        return value(index) instanceof List<?> list ? (List<@Nullable Object>) list : null;
    }

    /// An argument as a record, an enum, a `UUID`, an `Instant` or whatever else `type` is; a record's components
    /// may be such types too, and lists, sets, maps and `Optional` of them. Null where it is null or was not
    /// given.
    ///
    /// @throws ArgumentException where it does not fit, which a handler may leave to its caller
    public <T> @Nullable T as(int index, Class<T> type) {
        return bind(value(index), type, "argument " + index);
    }

    /// The same for an array of such values; empty where it is null or was not given.
    ///
    /// @throws ArgumentException where it does not fit
    public <T> List<T> listOf(int index, Class<T> type) {
        var list = value(index);
        if (list == null) {
            return List.of();
        }
        if (!(list instanceof List<?> elements)) {
            throw new ArgumentException("argument " + index + ": no array (expected: an array)");
        }
        var all = new ArrayList<T>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            T element = bind(elements.get(i), type, "argument " + index + "[" + i + "]");
            if (element == null) {
                throw new ArgumentException("argument " + index + "[" + i + "]: null (expected: a value)");
            }
            all.add(element);
        }
        return all;
    }

    @SuppressWarnings("unchecked") // the binder gives a value of the type; a primitive one has no class to cast with
    private static <T> @Nullable T bind(@Nullable Object value, Class<T> type, String place) {
        try {
            return (T) ValueBinder.bind(value, type, place);
        } catch (IllegalArgumentException e) {
            throw new ArgumentException(String.valueOf(e.getMessage()));
        }
    }

    /// An argument that is binary, or null. Not to be written to.
    public byte @Nullable [] binary(int index) {
        return value(index) instanceof byte[] bytes ? bytes : null;
    }

    public boolean isBinary() {
        return !attachments.isEmpty();
    }

    public List<byte[]> attachments() {
        return attachments;
    }

    /// All arguments as Java values.
    public List<@Nullable Object> values() {
        return new AbstractList<>() {
            @Override
            public @Nullable Object get(int index) {
                return value(index);
            }

            @Override
            public int size() {
                return Args.this.size();
            }
        };
    }

    /// All arguments, fit to be emitted again.
    public @Nullable Object[] toArray() {
        return values().toArray();
    }

    @Override
    public String toString() {
        return data.json();
    }
}
