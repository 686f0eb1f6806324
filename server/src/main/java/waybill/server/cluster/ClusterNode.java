package waybill.server.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.Threads;
import waybill.hub.presence.UserConnection;
import waybill.socketio.adapter.ProtocolException;
import waybill.tracking.DriverPositions;

/// This node among the others: it publishes what has changed here twenty times a second, and applies what the others
/// publish. Changes are numbered; a node that misses one requests all entries of its peer again. Nothing is stored in
/// Redis.
///
/// A node lives as long as its messages arrive. Time without Redis does not count: a beat is one of this node's own
/// messages that came back, once a second, and a peer is gone after [#BEATS_MAX] of them without a word.
///
/// Thread-safe: messages arrive on the thread that reads from Redis, and one thread publishes. Neither waits.
public final class ClusterNode implements AutoCloseable {

    /// How often changes are published.
    static final long FLUSH_MS = 50;

    /// How often positions are published: the newest of each driver that has reported.
    static final long POSITIONS_MS = 500;

    static final long BEAT_MS = 1_000;

    /// Beats of this node after which a silent peer is gone.
    static final int BEATS_MAX = 15;

    /// How old this node's last message that came back may be, before Redis counts as away.
    static final long ECHO_MAX_MS = 5_000;

    /// How often the entries of one peer are requested.
    static final long REQUEST_MS = 1_000;

    /// Entries of one message.
    static final int ENTRIES_MAX = 2_000;

    /// Other nodes. Further ones are not known.
    static final int PEERS_MAX = 100;

    private static final String ALL = "hub-1"; // the version of the messages
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    private final String id;
    private final NodeBus bus;
    private final ClusterPorts ports;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Object lock = new Object();
    private final Map<String, Peer> peers = new HashMap<>(); // guarded by the lock, as all below
    private long sequence;
    private long publishedAtMs;
    private long beatAtMs;
    private boolean wantsPositions = true;
    private volatile long echoAtMs;
    private long positionsAtMs; // of the publishing thread

    /// @param id the name of this process, which no other has
    /// @param elapsedMs a clock that is never set
    ClusterNode(String id, NodeBus bus, ClusterPorts ports, InstantSource clock, LongSupplier elapsedMs) {
        this.id = id;
        this.bus = bus;
        this.ports = ports;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
        var nowMs = elapsedMs.getAsLong();
        echoAtMs = nowMs;
        publishedAtMs = nowMs - BEAT_MS;
        beatAtMs = nowMs;
        ports.userConnections()
                .start(
                        (user, request) -> toAll(new NodeMessage.ConnectionsRequest(id, request, user)),
                        this::peerCount);
        bus.listen(ALL, this::onMessage);
        bus.listen(channelOf(id), this::onMessage);
    }

    /// Publishes from a thread of its own until the executor is closed.
    public static Running start(
            String id, NodeBus bus, ClusterPorts ports, InstantSource clock, LongSupplier elapsedMs, Threads threads) {
        var node = new ClusterNode(id, bus, ports, clock, elapsedMs);
        var thread = threads.scheduler("waybill-cluster");
        ports.onUrgent(() -> node.flushSoon(thread));
        thread.scheduleWithFixedDelay(node::runDue, 0, FLUSH_MS, TimeUnit.MILLISECONDS);
        return new Running(node, thread);
    }

    /// A node that publishes.
    public record Running(ClusterNode node, ScheduledExecutorService thread) implements AutoCloseable {

        @Override
        public void close() {
            thread.shutdownNow();
            node.close();
        }
    }

    private void flushSoon(ScheduledExecutorService thread) {
        try {
            thread.execute(this::runDue);
        } catch (RejectedExecutionException _) {
            // the node closes
        }
    }

    private static String channelOf(String node) {
        return ALL + "#" + node;
    }

    /// How many other nodes are known.
    public int peerCount() {
        synchronized (lock) {
            return peers.size();
        }
    }

    /// Since when nothing that this node publishes comes back, if it should have by now: Redis is connected and does
    /// not answer.
    public Optional<Instant> silentSince() {
        var silentMs = elapsedMs.getAsLong() - echoAtMs;
        return silentMs <= ECHO_MAX_MS
                ? Optional.empty()
                : Optional.of(clock.instant().minusMillis(silentMs));
    }

    // ---- to the others

    void runDue() {
        try {
            publishDue();
        } catch (RuntimeException e) {
            LOG.error("the state of this node could not be published to the others; it is published again", e);
        }
    }

    private void publishDue() {
        if (!bus.isConnected()) {
            ports.limiters().forget();
            return;
        }
        var nowMs = elapsedMs.getAsLong();
        ports.limiters().flush(acquired -> toAll(new NodeMessage.Permits(id, acquired)));
        publishChanges(nowMs);
        if (nowMs - positionsAtMs >= POSITIONS_MS) {
            positionsAtMs = nowMs;
            ports.positions().flush(fixes -> toAll(new NodeMessage.Positions(id, fixes)));
        }
    }

    private void publishChanges(long nowMs) {
        synchronized (lock) {
            for (var table : ports.tables()) {
                for (var entries = table.takeChanges(ENTRIES_MAX);
                        !entries.isEmpty();
                        entries = table.takeChanges(ENTRIES_MAX)) {
                    publishChanges(entries, nowMs);
                }
            }
            if (nowMs - publishedAtMs >= BEAT_MS) {
                publishChanges(List.of(), nowMs);
            }
        }
    }

    private void publishChanges(List<NodeMessage.Entry> entries, long nowMs) {
        publishedAtMs = nowMs;
        sequence++;
        toAll(new NodeMessage.Changes(id, sequence, entries));
    }

    private void toAll(NodeMessage message) {
        bus.publish(ALL, NodeMessageCodec.encode(message));
    }

    private void to(String node, NodeMessage message) {
        bus.publish(channelOf(node), NodeMessageCodec.encode(message));
    }

    // ---- from the others

    private void onMessage(byte[] bytes) {
        try {
            var message = NodeMessageCodec.decode(bytes);
            if (message.node().equals(id)) {
                onEcho();
            } else {
                onMessage(message);
            }
        } catch (ProtocolException e) {
            LOG.debug("a message of another node is passed over: {}", e.getMessage());
        }
    }

    private void onMessage(NodeMessage message) {
        switch (message) {
            case NodeMessage.Changes changes -> onChanges(changes);
            case NodeMessage.State state -> onState(state);
            case NodeMessage.StateRequest(var node, boolean withPositions) -> sendState(node, withPositions);
            case NodeMessage.Leaving(var node) -> remove(node, "it closes");
            case NodeMessage.Positions(var _, var fixes) -> ports.positions().onPositions(fixes);
            case NodeMessage.Permits(var _, var acquired) -> ports.limiters().onAcquired(acquired);
            case NodeMessage.ConnectionsRequest(var node, long request, var user) -> {
                List<UserConnection> own = ports.userConnections().ofThisNode(user);
                to(node, new NodeMessage.Connections(id, request, own));
            }
            case NodeMessage.Connections answer -> ports.userConnections().onConnections(answer);
        }
    }

    private void onEcho() {
        var nowMs = elapsedMs.getAsLong();
        echoAtMs = nowMs;
        var silent = new ArrayList<String>();
        synchronized (lock) {
            if (nowMs - beatAtMs < BEAT_MS) {
                return;
            }
            beatAtMs = nowMs;
            peers.forEach((node, peer) -> {
                if (peer.onBeat() >= BEATS_MAX) {
                    silent.add(node);
                }
            });
        }
        silent.forEach(node -> remove(node, "it was not heard for " + BEATS_MAX + " s"));
    }

    private void onChanges(NodeMessage.Changes changes) {
        synchronized (lock) {
            var peer = peers.get(changes.node());
            if (peer == null) {
                if (peers.size() >= PEERS_MAX) {
                    return;
                }
                peer = new Peer(ports.tables());
                peers.put(changes.node(), peer);
                LOG.info("node {} is there: {} other nodes", changes.node(), peers.size());
            }
            peer.onHeard();
            peer.onChanges(changes);
            if (peer.needsRequest(elapsedMs.getAsLong(), REQUEST_MS)) {
                to(changes.node(), new NodeMessage.StateRequest(id, wantsPositions));
            }
        }
    }

    private void onState(NodeMessage.State state) {
        synchronized (lock) {
            var peer = peers.get(state.node());
            if (peer != null) {
                peer.onHeard();
                peer.onState(state);
                wantsPositions &= !peer.isInStep();
            }
        }
    }

    /// Under the lock, so that no changes come between the parts.
    private void sendState(String node, boolean withPositions) {
        synchronized (lock) {
            var entries = ports.tables().stream().flatMap(SharedTable::own).toList();
            var parts = Math.max(1, Math.ceilDiv(entries.size(), ENTRIES_MAX));
            for (var part = 0; part < parts; part++) {
                var from = part * ENTRIES_MAX;
                to(
                        node,
                        new NodeMessage.State(
                                id,
                                sequence,
                                part,
                                parts,
                                entries.subList(from, Math.min(entries.size(), from + ENTRIES_MAX))));
            }
        }
        if (withPositions) {
            var sinceMs = clock.millis() - DriverPositions.RESTORED_AGE_MAX.toMillis();
            ports.positions().forAllSince(sinceMs, fixes -> to(node, new NodeMessage.Positions(id, fixes)));
        }
    }

    private void remove(String node, String reason) {
        synchronized (lock) {
            var peer = peers.remove(node);
            if (peer != null) {
                peer.clear();
                LOG.info("node {} is gone: {}; {} other nodes", node, reason, peers.size());
            }
        }
    }

    @Override
    public void close() {
        if (bus.isConnected()) {
            toAll(new NodeMessage.Leaving(id));
        }
    }
}
