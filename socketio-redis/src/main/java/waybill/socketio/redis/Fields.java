package waybill.socketio.redis;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.ProtocolException;

/// The members of an object that another node has sent.
record Fields(Map<?, ?> members) {

    private static final Fields NONE = new Fields(Map.of());

    /// A message of a channel of requests or responses: JSON, or MessagePack where it holds binary.
    static Fields parse(byte[] message) throws ProtocolException {
        boolean json = message.length > 0 && message[0] == '{';
        return of(
                json
                        ? ValueCodec.parseJson(new String(message, StandardCharsets.UTF_8))
                        : ValueCodec.parseMsgpack(message),
                "message");
    }

    static Fields of(@Nullable Object value, String name) throws ProtocolException {
        if (value instanceof Map<?, ?> map) {
            return new Fields(map);
        }
        throw new ProtocolException(name + ": " + kind(value) + " (expected: an object)");
    }

    private static String kind(@Nullable Object value) {
        return value == null ? "nothing" : value.getClass().getSimpleName();
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    @Nullable
    Object value(String name) {
        return members.get(name);
    }

    Fields object(String name) throws ProtocolException {
        return of(members.get(name), name);
    }

    Fields optionalObject(String name) throws ProtocolException {
        return has(name) ? object(name) : NONE;
    }

    /// A string, or a number as one: rooms and ids may be either in JavaScript. Empty where there is none.
    String text(String name) {
        var value = members.get(name);
        return value == null ? "" : value.toString();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    long number(String name) throws ProtocolException {
        if (members.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new ProtocolException(name + ": " + kind(members.get(name)) + " (expected: a number)");
    }

    List<?> list(String name) throws ProtocolException {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new ProtocolException(name + ": " + kind(members.get(name)) + " (expected: an array)");
    }

    /// Names of rooms; none where the field is not there.
    Set<String> names(String name) throws ProtocolException {
        var names = new LinkedHashSet<String>();
        if (has(name)) {
            for (var element : list(name)) {
                names.add(String.valueOf(element));
            }
        }
        return names;
    }
}
