package waybill.socketio.redis;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.SocketDetails;

/// What a node answers to a request with this id.
sealed interface NodeResponse {

    String id();

    record SocketIds(String id, Set<String> sockets) implements NodeResponse {}

    record Rooms(String id, Set<String> rooms) implements NodeResponse {}

    record Sockets(String id, List<SocketDetails> sockets) implements NodeResponse {}

    /// The answer of the node's application to an event of another.
    record Emitted(String id, @Nullable Object data) implements NodeResponse {}

    /// How many sockets of the node were sent a broadcast that wants acks.
    record ClientCount(String id, int sockets) implements NodeResponse {}

    /// The ack of one of those sockets: its first argument.
    record ClientAck(String id, @Nullable Object argument) implements NodeResponse {}

    /// It was done.
    record Done(String id) implements NodeResponse {}
}
