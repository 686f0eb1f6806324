package waybill.socketio.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.ProtocolException;

/// The messages by which our own nodes send each other what only the newest is needed of, as MessagePack.
///
/// ```
/// [node, ["/orders", …], bits, [partition, …]]     to all nodes: which rooms have members on the node
/// [node, [["/orders", broadcast], …]]              to one node
/// ```
final class LatestFormat {

    /// Which rooms have members on a node.
    ///
    /// @param namespaces those that the node serves
    /// @param all the partitions of [Interest]; empty where some are added only
    /// @param opened partitions that are added to them
    record NodeInterest(String node, Set<String> namespaces, Optional<BitSet> all, List<Integer> opened) {}

    /// A [BroadcastFormat] for a namespace.
    record Item(String namespace, ByteBuffer message) {}

    private LatestFormat() {}

    static byte[] encode(NodeInterest interest) {
        var opened = new ArrayList<@Nullable Object>();
        interest.opened().forEach(partition -> opened.add((long) partition));
        var message = new ArrayList<@Nullable Object>();
        message.add(interest.node());
        message.add(new ArrayList<@Nullable Object>(interest.namespaces()));
        message.add(interest.all().map(BitSet::toByteArray).orElse(null));
        message.add(opened);
        return ValueCodec.msgpack(message);
    }

    static NodeInterest decodeInterest(byte[] message) throws ProtocolException {
        var parts = list(ValueCodec.parseMsgpack(message), 4);
        var namespaces = new HashSet<String>();
        for (var namespace : list(parts.get(1), 0)) {
            namespaces.add(String.valueOf(namespace));
        }
        var opened = new ArrayList<Integer>();
        for (var partition : list(parts.get(3), 0)) {
            opened.add(partition(partition));
        }
        var all = parts.get(2) instanceof byte[] bytes ? Optional.of(partitions(bytes)) : Optional.<BitSet>empty();
        return new NodeInterest(String.valueOf(parts.get(0)), namespaces, all, opened);
    }

    private static BitSet partitions(byte[] bits) throws ProtocolException {
        var all = BitSet.valueOf(bits);
        if (all.length() > Interest.PARTITIONS) {
            throw new ProtocolException("bits: " + all.length() + " (expected: at most " + Interest.PARTITIONS + ")");
        }
        return all;
    }

    private static int partition(@Nullable Object value) throws ProtocolException {
        if (value instanceof Long number && number >= 0 && number < Interest.PARTITIONS) {
            return number.intValue();
        }
        throw new ProtocolException("partition: " + value + " (expected: 0.." + (Interest.PARTITIONS - 1) + ")");
    }

    static byte[] encode(String node, List<Item> items) {
        var all = new ArrayList<@Nullable Object>();
        items.forEach(item -> all.add(List.of(item.namespace(), item.message().array())));
        return ValueCodec.msgpack(List.of(node, all));
    }

    static List<Item> decodeItems(byte[] message) throws ProtocolException {
        var items = new ArrayList<Item>();
        for (var element : list(list(ValueCodec.parseMsgpack(message), 2).get(1), 0)) {
            var item = list(element, 2);
            if (item.get(1) instanceof byte[] bytes) {
                items.add(new Item(String.valueOf(item.get(0)), ByteBuffer.wrap(bytes)));
            }
        }
        return items;
    }

    private static List<?> list(@Nullable Object value, int least) throws ProtocolException {
        if (value instanceof List<?> list && list.size() >= least) {
            return list;
        }
        throw new ProtocolException("message: no array of " + least + " (expected: one)");
    }
}
