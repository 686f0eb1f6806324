package waybill.socketio.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;

/// The sockets of one namespace on all nodes: this node's through the local adapter, the others' over Redis.
///
/// What the node asks of its own sockets it does at once, and passes over when it comes back from Redis.
final class RedisAdapter implements Adapter {

    private static final Logger LOG = LoggerFactory.getLogger(RedisAdapter.class);

    private final String namespace;
    private final Adapter local;
    private final NodeContext node;
    private final Channels channels;
    private final PendingRequests requests;
    private final RequestHandler handler;
    private final LatestExchange latest;

    RedisAdapter(String namespace, Adapter local, NodeContext node, LatestExchange latest) {
        this.namespace = namespace;
        this.local = local;
        this.node = node;
        this.latest = latest;
        this.channels = Channels.of(node.config().key(), namespace);
        this.requests = new PendingRequests(node.config().requestsMax());
        this.handler = new RequestHandler(namespace, local, node, channels, requests);
        subscribe(node.link());
    }

    /// To requests last: other nodes count those that hear them.
    private void subscribe(RedisLink link) {
        link.subscribePattern(channels.broadcastPattern(), this::onBroadcast);
        link.subscribe(channels.responses(), (_, message) -> onResponse(message));
        link.subscribe(channels.responsesTo(node.id()), (_, message) -> onResponse(message));
        link.subscribe(channels.requests(), (_, message) -> onRequest(message));
        latest.add(
                namespace, channels.requests(), broadcast -> local.broadcast(broadcast.packet(), broadcast.options()));
    }

    // ---- from other nodes, on the thread that reads from Redis

    private void onBroadcast(String channel, byte[] message) {
        if (!channel.startsWith(channels.broadcasts())) {
            return; // of a namespace whose name the pattern matches too
        }
        try {
            var broadcast = BroadcastFormat.decode(message, namespace);
            boolean isLatest = broadcast.options().options().kind() == FrameKind.LATEST; // which comes on its own way
            if (!broadcast.node().equals(node.id()) && !isLatest) {
                local.broadcast(broadcast.packet(), broadcast.options());
            }
        } catch (ProtocolException e) {
            LOG.debug("a message of channel {} is passed over: {}", channel, e.getMessage());
        }
    }

    private void onRequest(byte[] message) {
        try {
            handler.handle(RequestFormat.decode(message, namespace));
        } catch (ProtocolException e) {
            LOG.debug("a request of another node to {} is passed over: {}", namespace, e.getMessage());
        }
    }

    private void onResponse(byte[] message) {
        try {
            requests.onResponse(ResponseFormat.decode(message));
        } catch (ProtocolException e) {
            LOG.debug("a response of another node to {} is passed over: {}", namespace, e.getMessage());
        }
    }

    // ---- to other nodes

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions delivery) {
        if (!delivery.local()) {
            if (delivery.options().kind() == FrameKind.LATEST) {
                latest.send(packet, delivery);
            }
            if (delivery.options().kind() != FrameKind.LATEST || latest.hasOtherServers(namespace)) {
                node.link()
                        .publish(
                                channels.broadcast(delivery.target()),
                                () -> new BroadcastFormat(node.id(), packet, delivery).encode());
            }
        }
        local.broadcast(packet, delivery);
    }

    @Override
    public void onRoomOpened(String room) {
        latest.onRoomOpened(namespace, room);
    }

    @Override
    public void onRoomClosed(String room) {
        latest.onRoomClosed(namespace, room);
    }

    @Override
    public long nextAckId() {
        return local.nextAckId();
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions delivery, AckSink answers) {
        if (delivery.local() || !node.link().isConnected()) {
            local.broadcastWithAck(packet, delivery, answers);
            return;
        }
        var id = node.newRequestId();
        var acks = new RemoteAcks(answers, packet);
        if (!requests.add(id, acks)) {
            node.link().countDropped();
            local.broadcastWithAck(packet, delivery, answers);
            return;
        }
        publish(new NodeRequest.BroadcastWithAck(node.id(), id, packet, delivery))
                .thenAccept(acks::expectNodes);
        var countTimeout = node.link().schedule(node.config().requestTimeout(), acks::endCounts);
        var ackTimeout = node.link().schedule(node.config().ackTimeout(), acks::end);
        acks.done().thenRun(() -> {
            countTimeout.run();
            ackTimeout.run();
            requests.remove(id);
        });
        local.broadcastWithAck(packet, delivery, acks);
    }

    /// Done with the number of nodes that receive it; 0 where it was dropped.
    private CompletionStage<Integer> publish(NodeRequest request) {
        return node.link().publish(channels.requests(), () -> RequestFormat.encode(request));
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(Target target, boolean onlyLocal) {
        var own = local.fetchSockets(target, true);
        if (onlyLocal) {
            return own;
        }
        return own.thenCombine(
                gather(
                        id -> new NodeRequest.FetchSockets(node.id(), id, target),
                        response -> response instanceof NodeResponse.Sockets(var _, var sockets) ? sockets : List.of()),
                RedisAdapter::concat);
    }

    private static List<SocketDetails> concat(List<SocketDetails> own, List<SocketDetails> others) {
        var all = new ArrayList<>(own);
        all.addAll(others);
        return List.copyOf(all);
    }

    @Override
    public CompletionStage<Set<String>> allRooms(boolean onlyLocal) {
        var own = local.allRooms(true);
        if (onlyLocal) {
            return own;
        }
        return own.thenCombine(
                gather(
                        id -> new NodeRequest.AllRooms(node.id(), id),
                        response -> response instanceof NodeResponse.Rooms(var _, var rooms) ? rooms : Set.of()),
                (mine, others) -> {
                    var all = new HashSet<>(mine);
                    all.addAll(others);
                    return Set.copyOf(all);
                });
    }

    /// The answers of the other nodes, as far as they come in time; none while Redis is away.
    private <T> CompletionStage<List<T>> gather(
            Function<String, NodeRequest> request, Function<NodeResponse, Collection<T>> items) {
        var id = node.newRequestId();
        var gathering = new Gathering<T>();
        boolean added = requests.add(id, new PendingRequests.Pending() {
            @Override
            public void onResponse(NodeResponse response) {
                gathering.add(items.apply(response));
            }

            @Override
            public void onEcho() {
                gathering.add(List.of());
            }
        });
        if (!added) {
            node.link().countDropped();
            return CompletableFuture.completedFuture(List.of());
        }
        publish(request.apply(id)).thenAccept(gathering::expect);
        var timeout = node.link().schedule(node.config().requestTimeout(), gathering::end);
        return gathering.result().thenApply(answers -> {
            timeout.run();
            requests.remove(id);
            return answers.items();
        });
    }

    @Override
    public void socketsJoin(Target target, Set<String> rooms, boolean onlyLocal) {
        if (!onlyLocal) {
            publish(new NodeRequest.Join(node.id(), "", target, rooms));
        }
        local.socketsJoin(target, rooms, true);
    }

    @Override
    public void socketsLeave(Target target, Set<String> rooms, boolean onlyLocal) {
        if (!onlyLocal) {
            publish(new NodeRequest.Leave(node.id(), "", target, rooms));
        }
        local.socketsLeave(target, rooms, true);
    }

    @Override
    public void disconnectSockets(Target target, boolean close, boolean onlyLocal) {
        if (!onlyLocal) {
            publish(new NodeRequest.Disconnect(node.id(), "", target, close));
        }
        local.disconnectSockets(target, close, true);
    }

    @Override
    public void serverSideEmit(Packet.Event packet, @Nullable AckSink answers) {
        var data = ValueCodec.values(packet);
        if (answers == null) {
            publish(new NodeRequest.ServerSideEmit(node.id(), "", data));
            return;
        }
        var id = node.newRequestId();
        var answered = new ServerSideAnswers(packet, answers);
        if (!node.link().isConnected() || !requests.add(id, answered)) {
            node.link().countDropped();
            answers.expectAcks(1);
            answers.failed("the other nodes are not reached");
            return;
        }
        publish(new NodeRequest.ServerSideEmit(node.id(), id, data)).thenAccept(answered::expectNodes);
        var timeout = node.link().schedule(node.config().requestTimeout(), answered::end);
        answered.result().thenRun(() -> {
            timeout.run();
            requests.remove(id);
        });
    }

    @Override
    public CompletionStage<Integer> serverCount() {
        return node.link().subscribers(channels.requests()).thenApply(count -> Math.max(1, count));
    }

    @Override
    public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {
        local.handleServerSide(packet, reply);
    }

    @Override
    public void close() {
        latest.remove(namespace);
        node.link().unsubscribe(channels.requests());
        node.link().unsubscribe(channels.responses());
        node.link().unsubscribe(channels.responsesTo(node.id()));
        node.link().unsubscribePattern(channels.broadcastPattern());
        local.close();
    }

    // ---- recovery: a session is found on the node that its client was connected to

    @Override
    public boolean supportsRecovery() {
        return local.supportsRecovery();
    }

    @Override
    public boolean storesPackets() {
        return local.storesPackets();
    }

    @Override
    public long recoveryOffset() {
        return local.recoveryOffset();
    }

    @Override
    public void persistSession(SavedSession session) {
        local.persistSession(session);
    }

    @Override
    public void restoreSession(String pid, String offset, Executor loop, Consumer<Optional<RestoredSession>> restored) {
        local.restoreSession(pid, offset, loop, restored);
    }
}
