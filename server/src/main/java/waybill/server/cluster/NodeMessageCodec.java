package waybill.server.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.geo.Position;
import waybill.hub.presence.UserConnection;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.ProtocolException;
import waybill.tracking.Fix;

/// Messages between nodes as MessagePack: an array that begins with the kind of the message and its node.
final class NodeMessageCodec {

    private static final String CHANGES = "changes";
    private static final String STATE_REQUEST = "state?";
    private static final String STATE = "state";
    private static final String POSITIONS = "positions";
    private static final String PERMITS = "permits";
    private static final String CONNECTIONS_REQUEST = "connections?";
    private static final String CONNECTIONS = "connections";
    private static final String LEAVING = "leaving";

    private NodeMessageCodec() {}

    static byte[] encode(NodeMessage message) {
        return ValueCodec.msgpack(
                switch (message) {
                    case NodeMessage.Changes(var node, long sequence, var entries) ->
                        list(CHANGES, node, sequence, map(entries, NodeMessageCodec::values));
                    case NodeMessage.StateRequest(var node, boolean wantsPositions) ->
                        list(STATE_REQUEST, node, wantsPositions);
                    case NodeMessage.State(var node, long sequence, int part, int parts, var entries) ->
                        list(STATE, node, sequence, (long) part, (long) parts, map(entries, NodeMessageCodec::values));
                    case NodeMessage.Positions(var node, var fixes) ->
                        list(POSITIONS, node, map(fixes, NodeMessageCodec::values));
                    case NodeMessage.Permits(var node, var acquired) ->
                        list(PERMITS, node, map(acquired, NodeMessageCodec::values));
                    case NodeMessage.ConnectionsRequest(var node, long id, var user) ->
                        list(CONNECTIONS_REQUEST, node, id, user.toString());
                    case NodeMessage.Connections(var node, long id, var connections) ->
                        list(CONNECTIONS, node, id, map(connections, NodeMessageCodec::values));
                    case NodeMessage.Leaving(var node) -> list(LEAVING, node);
                });
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static <T> List<@Nullable Object> map(List<T> values, Function<T, List<@Nullable Object>> encoder) {
        var all = new ArrayList<@Nullable Object>(values.size());
        values.forEach(value -> all.add(encoder.apply(value)));
        return all;
    }

    private static List<@Nullable Object> values(NodeMessage.Entry entry) {
        return list((long) entry.table(), entry.key(), (long) entry.count());
    }

    private static List<@Nullable Object> values(NodeMessage.Acquired acquired) {
        return list(acquired.limiter(), acquired.key(), (long) acquired.permits());
    }

    private static List<@Nullable Object> values(Fix fix) {
        return list(
                fix.driver(),
                fix.position().latitude(),
                fix.position().longitude(),
                known(fix.heading()),
                known(fix.speed()),
                known(fix.accuracy()),
                fix.recordedAtMs(),
                fix.receivedAtMs());
    }

    private static @Nullable Double known(double value) {
        return Fix.isKnown(value) ? Double.valueOf(value) : null;
    }

    private static List<@Nullable Object> values(UserConnection connection) {
        return list(
                connection.socketId(),
                connection.namespace(),
                connection.transport(),
                connection.connectedAt().toEpochMilli());
    }

    /// @throws ProtocolException where it is malformed, or of a kind that this version does not know
    static NodeMessage decode(byte[] message) throws ProtocolException {
        try {
            return decode(new Values(ValueCodec.parseMsgpack(message)));
        } catch (IllegalArgumentException e) { // of a value out of its range
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }

    private static NodeMessage decode(Values message) throws ProtocolException {
        var kind = message.text(0);
        var node = message.text(1);
        return switch (kind) {
            case CHANGES -> new NodeMessage.Changes(node, message.number(2), message.all(3, NodeMessageCodec::entry));
            case STATE_REQUEST -> new NodeMessage.StateRequest(node, Boolean.TRUE.equals(message.value(2)));
            case STATE ->
                new NodeMessage.State(
                        node,
                        message.number(2),
                        message.integer(3),
                        message.integer(4),
                        message.all(5, NodeMessageCodec::entry));
            case POSITIONS -> new NodeMessage.Positions(node, message.all(2, NodeMessageCodec::fix));
            case PERMITS -> new NodeMessage.Permits(node, message.all(2, NodeMessageCodec::acquired));
            case CONNECTIONS_REQUEST ->
                new NodeMessage.ConnectionsRequest(node, message.number(2), UserId.parse(message.text(3)));
            case CONNECTIONS ->
                new NodeMessage.Connections(node, message.number(2), message.all(3, NodeMessageCodec::connection));
            case LEAVING -> new NodeMessage.Leaving(node);
            default -> throw new ProtocolException("kind: " + kind + " (expected: one of this version)");
        };
    }

    private static NodeMessage.Entry entry(Values values) throws ProtocolException {
        return new NodeMessage.Entry(values.integer(0), values.text(1), values.integer(2));
    }

    private static NodeMessage.Acquired acquired(Values values) throws ProtocolException {
        return new NodeMessage.Acquired(values.text(0), values.text(1), values.integer(2));
    }

    private static Fix fix(Values values) throws ProtocolException {
        return new Fix(
                values.text(0),
                new Position(values.decimal(1), values.decimal(2)),
                values.decimal(3),
                values.decimal(4),
                values.decimal(5),
                values.number(6),
                values.number(7));
    }

    private static UserConnection connection(Values values) throws ProtocolException {
        return new UserConnection(
                values.text(0), values.text(1), values.text(2), Instant.ofEpochMilli(values.number(3)));
    }

    /// An array of a message.
    private record Values(List<?> values) {

        interface Decoder<T> {
            T decode(Values values) throws ProtocolException;
        }

        Values(@Nullable Object value) throws ProtocolException {
            this(asList(value));
        }

        private static List<?> asList(@Nullable Object value) throws ProtocolException {
            if (value instanceof List<?> list) {
                return list;
            }
            throw new ProtocolException("message: no array (expected: an array)");
        }

        @Nullable
        Object value(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        String text(int index) throws ProtocolException {
            if (value(index) instanceof String text) {
                return text;
            }
            throw expected(index, "a string");
        }

        long number(int index) throws ProtocolException {
            if (value(index) instanceof Long number) {
                return number;
            }
            throw expected(index, "an integer");
        }

        int integer(int index) throws ProtocolException {
            var number = number(index);
            if (number < 0 || number > Integer.MAX_VALUE) {
                throw expected(index, "0.." + Integer.MAX_VALUE);
            }
            return (int) number;
        }

        /// [Fix#UNKNOWN] where there is none.
        double decimal(int index) {
            return value(index) instanceof Number number ? number.doubleValue() : Fix.UNKNOWN;
        }

        <T> List<T> all(int index, Decoder<T> decoder) throws ProtocolException {
            var all = new ArrayList<T>();
            for (var element : asList(value(index))) {
                all.add(decoder.decode(new Values(element)));
            }
            return all;
        }

        private static ProtocolException expected(int index, String what) {
            return new ProtocolException("element " + index + ": of another kind (expected: " + what + ")");
        }
    }
}
