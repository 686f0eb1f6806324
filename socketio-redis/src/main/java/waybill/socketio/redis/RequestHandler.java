package waybill.socketio.redis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.SocketDetails;

/// Does on this node what another node asks for, and answers it.
final class RequestHandler {

    private final String namespace;
    private final Adapter local;
    private final NodeContext node;
    private final Channels channels;
    private final PendingRequests ownRequests;
    private final AtomicInteger forwarded = new AtomicInteger(); // broadcasts whose acks another node awaits

    RequestHandler(String namespace, Adapter local, NodeContext node, Channels channels, PendingRequests ownRequests) {
        this.namespace = namespace;
        this.local = local;
        this.node = node;
        this.channels = channels;
        this.ownRequests = ownRequests;
    }

    void handle(NodeRequest request) {
        if (request.node().equals(node.id())) {
            ownRequests.onEcho(request.id());
            return;
        }
        switch (request) {
            case NodeRequest.SocketIds(var _, var id, var target) ->
                local.fetchSockets(target, true)
                        .thenAccept(found -> respond(request, new NodeResponse.SocketIds(id, ids(found))));
            case NodeRequest.AllRooms(var _, var id) ->
                local.allRooms(true).thenAccept(rooms -> respond(request, new NodeResponse.Rooms(id, rooms)));
            case NodeRequest.FetchSockets(var _, var id, var target) ->
                local.fetchSockets(target, true)
                        .thenAccept(found -> respond(request, new NodeResponse.Sockets(id, found)));
            case NodeRequest.Join(var _, var id, var target, var rooms) -> {
                local.socketsJoin(target, rooms, true);
                respond(request, new NodeResponse.Done(id));
            }
            case NodeRequest.Leave(var _, var id, var target, var rooms) -> {
                local.socketsLeave(target, rooms, true);
                respond(request, new NodeResponse.Done(id));
            }
            case NodeRequest.Disconnect(var _, var id, var target, boolean close) -> {
                local.disconnectSockets(target, close, true);
                respond(request, new NodeResponse.Done(id));
            }
            case NodeRequest.ServerSideEmit emitted -> handle(emitted);
            case NodeRequest.BroadcastWithAck broadcast -> handle(broadcast);
        }
    }

    private static Set<String> ids(List<SocketDetails> found) {
        var ids = new LinkedHashSet<String>();
        found.forEach(socket -> ids.add(socket.id()));
        return ids;
    }

    private void handle(NodeRequest.ServerSideEmit emitted) {
        long ackId = emitted.id().isEmpty() ? Packet.NO_ACK : 0;
        local.handleServerSide(ValueCodec.event(namespace, ackId, emitted.data()), ack -> {
            var arguments = ValueCodec.values(ack);
            respond(emitted, new NodeResponse.Emitted(emitted.id(), arguments.isEmpty() ? null : arguments.getFirst()));
        });
    }

    /// Where too many acks are awaited already, the sockets receive the event and are not asked.
    private void handle(NodeRequest.BroadcastWithAck broadcast) {
        var packet = broadcast.packet();
        if (forwarded.incrementAndGet() > node.config().requestsMax()) {
            forwarded.decrementAndGet();
            local.broadcast(packet, broadcast.options());
            respond(broadcast, new NodeResponse.ClientCount(broadcast.id(), 0));
            return;
        }
        var acks = new ForwardedAcks(broadcast.id(), response -> respond(broadcast, response));
        var timeout = node.link().schedule(node.config().ackTimeout(), acks::end);
        acks.done().whenComplete((_, _) -> {
            timeout.run();
            forwarded.decrementAndGet();
        });
        local.broadcastWithAck(
                new Packet.Event(namespace, local.nextAckId(), packet.data(), packet.attachments()),
                broadcast.options(),
                acks);
    }

    private void respond(NodeRequest request, NodeResponse response) {
        if (!request.id().isEmpty()) {
            var channel = request.node().isEmpty() ? channels.responses() : channels.responsesTo(request.node());
            node.link().publish(channel, () -> ResponseFormat.encode(response));
        }
    }
}
