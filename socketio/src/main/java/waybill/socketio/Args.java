package waybill.socketio;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.packet.JsonArray;

/// The arguments of an event, or of an ack. They stay JSON text until they are asked for. Immutable.
public final class Args {

    private final JsonArray data;
    private final List<byte[]> attachments;
    private final int from; // an event's own name comes before its arguments

    Args(JsonArray data, List<byte[]> attachments, int from) {
        this.data = data;
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
