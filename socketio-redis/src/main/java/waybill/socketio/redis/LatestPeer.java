package waybill.socketio.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.Target;

/// Another of our nodes: which rooms it has, and the newest of what it is sent next. Thread-safe; its interest is
/// changed by one thread.
final class LatestPeer {

    /// Broadcasts that wait for one node. Beyond that, those of further keys and targets are dropped.
    static final int PENDING_MAX = 10_000;

    private volatile Set<String> namespaces = Set.of();
    private volatile AtomicLongArray bits = bits(new BitSet());
    private final AtomicInteger missedBeats = new AtomicInteger();
    private final Map<Key, Broadcast> pending = new ConcurrentHashMap<>();

    /// Of two broadcasts with one key and one target, the newer replaces the older.
    private record Key(String namespace, String key, Target target) {}

    /// A broadcast, encoded once for all nodes.
    static final class Broadcast {

        private final String node;
        private final Packet.Event packet;
        private final BroadcastOptions options;
        private byte[] encoded = {};

        Broadcast(String node, Packet.Event packet, BroadcastOptions options) {
            this.node = node;
            this.packet = packet;
            this.options = options;
        }

        private Key key() {
            return new Key(packet.namespace(), options.options().key(), options.target());
        }

        private synchronized LatestFormat.Item item() {
            if (encoded.length == 0) {
                encoded = new BroadcastFormat(node, packet, options).encode();
            }
            return new LatestFormat.Item(packet.namespace(), ByteBuffer.wrap(encoded));
        }
    }

    void onInterest(LatestFormat.NodeInterest interest) {
        missedBeats.set(0);
        namespaces = interest.namespaces();
        interest.all().ifPresent(all -> bits = bits(all));
        for (int partition : interest.opened()) {
            bits.accumulateAndGet(partition / Long.SIZE, bit(partition), (all, one) -> all | one);
        }
    }

    private static AtomicLongArray bits(BitSet partitions) {
        return new AtomicLongArray(Arrays.copyOf(partitions.toLongArray(), Interest.PARTITIONS / Long.SIZE));
    }

    private static long bit(int partition) {
        return 1L << (partition % Long.SIZE);
    }

    /// Beats of this node since the peer was heard.
    int onBeat() {
        return missedBeats.incrementAndGet();
    }

    boolean serves(String namespace) {
        return namespaces.contains(namespace);
    }

    boolean needsAny(int[] partitions) {
        var current = bits;
        for (int partition : partitions) {
            if ((current.get(partition / Long.SIZE) & bit(partition)) != 0) {
                return true;
            }
        }
        return false;
    }

    /// False where too many wait.
    boolean offer(Broadcast broadcast) {
        var key = broadcast.key();
        if (pending.size() >= PENDING_MAX && !pending.containsKey(key)) {
            return false;
        }
        pending.put(key, broadcast);
        return true;
    }

    List<LatestFormat.Item> takePending() {
        var items = new ArrayList<LatestFormat.Item>();
        for (var key : List.copyOf(pending.keySet())) {
            var broadcast = pending.remove(key);
            if (broadcast != null) {
                items.add(broadcast.item());
            }
        }
        return items;
    }
}
