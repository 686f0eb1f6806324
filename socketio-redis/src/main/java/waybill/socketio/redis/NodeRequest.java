package waybill.socketio.redis;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.Target;

/// What one node asks of all others. `node` is the one that asks, empty for an emitter; `id` is empty where no answer
/// is wanted.
sealed interface NodeRequest {

    String node();

    String id();

    /// Which sockets are there? Older nodes ask so for their ids.
    record SocketIds(String node, String id, Target target) implements NodeRequest {}

    record AllRooms(String node, String id) implements NodeRequest {}

    record Join(String node, String id, Target target, Set<String> rooms) implements NodeRequest {}

    record Leave(String node, String id, Target target, Set<String> rooms) implements NodeRequest {}

    record Disconnect(String node, String id, Target target, boolean close) implements NodeRequest {}

    record FetchSockets(String node, String id, Target target) implements NodeRequest {}

    /// `data` is the event's name and its arguments.
    record ServerSideEmit(String node, String id, List<@Nullable Object> data) implements NodeRequest {}

    record BroadcastWithAck(String node, String id, Packet.Event packet, BroadcastOptions options)
            implements NodeRequest {}
}
