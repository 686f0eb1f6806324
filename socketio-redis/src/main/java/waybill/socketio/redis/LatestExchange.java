package waybill.socketio.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;

/// Broadcasts of which only the newest is needed, between our own nodes: each goes to the nodes that have members of
/// its
/// rooms, in one message for all broadcasts of [#FLUSH], and a newer one replaces an older one that has not left yet.
///
/// Every node publishes which partitions of rooms it has: new ones at once, and all of them once a second, so that what
/// was lost is made up for then. One that is not heard for [#BEATS_MAX] seconds is sent no more. Thread-safe; no call
/// waits.
final class LatestExchange {

    static final Duration FLUSH = Duration.ofMillis(25);
    static final Duration BEAT = Duration.ofSeconds(1);
    static final int BEATS_MAX = 5;

    /// Broadcasts in one message.
    static final int BATCH_MAX = 500;

    /// Other nodes. Further ones are not sent anything.
    static final int PEERS_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LatestExchange.class);

    private final NodeContext node;
    private final String channel;
    private final Interest interest = new Interest();
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final Map<String, LatestPeer> peers = new ConcurrentHashMap<>();
    private final AtomicBoolean flushes = new AtomicBoolean();
    private final AtomicBoolean isNewPeer = new AtomicBoolean();
    private final LongAdder published = new LongAdder();

    /// A namespace of this node. Every node of it hears the channel of requests.
    private static final class Namespace {

        private final String requests;
        private final Consumer<BroadcastFormat> receiver;
        private volatile boolean hasOtherServers = true; // until it is known

        Namespace(String requests, Consumer<BroadcastFormat> receiver) {
            this.requests = requests;
            this.receiver = receiver;
        }
    }

    LatestExchange(NodeContext node) {
        this.node = node;
        this.channel = node.config().key() + "-nodes#";
        node.link().subscribe(channel, (_, message) -> onInterest(message));
        node.link().subscribe(channelOf(node.id()), (_, message) -> onItems(message));
        node.link().onChange(_ -> flushLater());
        beatLater();
    }

    private String channelOf(String id) {
        return channel + id + "#";
    }

    void add(String namespace, String requests, Consumer<BroadcastFormat> receiver) {
        namespaces.put(namespace, new Namespace(requests, receiver));
        isNewPeer.set(true);
        flushLater();
    }

    void remove(String namespace) {
        namespaces.remove(namespace);
    }

    void onRoomOpened(String namespace, String room) {
        if (interest.open(namespace, room)) {
            flushLater();
        }
    }

    void onRoomClosed(String namespace, String room) {
        interest.close(namespace, room);
    }

    /// How many other nodes of ours are known.
    int peerCount() {
        return peers.size();
    }

    /// How many messages with broadcasts this node has published.
    long publishedCount() {
        return published.sum();
    }

    /// Whether servers that are not of ours, such as on Node.js, serve the namespace too: they hear the other format.
    boolean hasOtherServers(String namespace) {
        var known = namespaces.get(namespace);
        return known == null || known.hasOtherServers;
    }

    // ---- to the others

    void send(Packet.Event packet, BroadcastOptions options) {
        if (!node.link().isConnected()) {
            node.link().countDropped();
            return;
        }
        var partitions = Interest.partitions(packet.namespace(), options.target());
        var broadcast = new LatestPeer.Broadcast(node.id(), packet, options);
        var isPending = false;
        for (var peer : peers.values()) {
            if (peer.serves(packet.namespace()) && peer.needsAny(partitions)) {
                isPending = true;
                if (!peer.offer(broadcast)) {
                    node.link().countDropped();
                }
            }
        }
        if (isPending) {
            flushLater();
        }
    }

    private void flushLater() {
        if (flushes.compareAndSet(false, true)) {
            node.link().schedule(FLUSH, this::flush);
        }
    }

    private void flush() {
        flushes.set(false); // what comes from now on is flushed the next time
        publishOpened();
        peers.forEach((id, peer) -> {
            var items = peer.takePending();
            for (var from = 0; from < items.size(); from += BATCH_MAX) {
                var batch = items.subList(from, Math.min(items.size(), from + BATCH_MAX));
                published.increment();
                node.link().publish(channelOf(id), () -> LatestFormat.encode(node.id(), batch));
            }
        });
    }

    /// All partitions if there is a node that has none yet.
    private synchronized void publishOpened() {
        if (isNewPeer.getAndSet(false)) {
            publishAll();
            return;
        }
        var opened = interest.takeOpened();
        if (!opened.isEmpty()) {
            publish(new LatestFormat.NodeInterest(node.id(), namespaces.keySet(), Optional.empty(), opened));
        }
    }

    private synchronized void publishAll() {
        if (node.link().isConnected()) {
            publish(new LatestFormat.NodeInterest(
                    node.id(), namespaces.keySet(), Optional.of(interest.all()), List.of()));
        }
    }

    private void publish(LatestFormat.NodeInterest message) {
        node.link().publish(channel, () -> LatestFormat.encode(message));
    }

    private void beatLater() {
        node.link().schedule(BEAT, this::beat);
    }

    private void beat() {
        beatLater();
        publishAll();
        if (node.link().isConnected()) {
            peers.values().removeIf(peer -> peer.onBeat() > BEATS_MAX);
            namespaces.forEach((name, namespace) -> node.link()
                    .subscribers(namespace.requests)
                    .thenAccept(count -> namespace.hasOtherServers = count > 1 + peersOf(name)));
        }
    }

    private long peersOf(String namespace) {
        return peers.values().stream().filter(peer -> peer.serves(namespace)).count();
    }

    // ---- from the others, on the thread that reads from Redis

    private void onInterest(byte[] message) {
        try {
            var heard = LatestFormat.decodeInterest(message);
            if (heard.node().equals(node.id())) {
                return;
            }
            var peer = peers.get(heard.node());
            if (peer == null) {
                if (peers.size() >= PEERS_MAX) {
                    return;
                }
                peer = new LatestPeer();
                peers.put(heard.node(), peer);
                isNewPeer.set(true);
                flushLater();
            }
            peer.onInterest(heard);
        } catch (ProtocolException e) {
            LOG.debug("the rooms of another node are passed over: {}", e.getMessage());
        }
    }

    private void onItems(byte[] message) {
        try {
            for (var item : LatestFormat.decodeItems(message)) {
                var namespace = namespaces.get(item.namespace());
                if (namespace != null) {
                    namespace.receiver.accept(
                            BroadcastFormat.decode(item.message().array(), item.namespace()));
                }
            }
        } catch (ProtocolException e) {
            LOG.debug("broadcasts of another node are passed over: {}", e.getMessage());
        }
    }
}
