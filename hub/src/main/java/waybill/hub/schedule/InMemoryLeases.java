package waybill.hub.schedule;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import waybill.hub.NodeId;

/// The leases of the nodes in this process. Thread-safe.
public final class InMemoryLeases implements Leases {

    private final ConcurrentMap<String, NodeId> holders;
    private final NodeId node;

    public InMemoryLeases(NodeId node) {
        this(new ConcurrentHashMap<>(), node);
    }

    private InMemoryLeases(ConcurrentMap<String, NodeId> holders, NodeId node) {
        this.holders = holders;
        this.node = node;
    }

    /// The same leases as another node sees them.
    public InMemoryLeases of(NodeId other) {
        return new InMemoryLeases(holders, other);
    }

    @Override
    public boolean acquire(String task) {
        var holder = holders.putIfAbsent(task, node);
        return holder == null || holder.equals(node);
    }

    @Override
    public void release() {
        holders.values().removeIf(node::equals);
    }
}
