package waybill.hub.schedule;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import waybill.hub.NodeId;

/// The leases of the nodes in this process. Thread-safe.
public final class InMemoryLeases implements Leases {

    private record Lease(NodeId holder, long untilMs) {}

    private final ConcurrentMap<String, Lease> leases;
    private final NodeId node;
    private final LongSupplier elapsedMs;

    /// @param elapsedMs a clock that never jumps, the same one for all nodes
    public InMemoryLeases(NodeId node, LongSupplier elapsedMs) {
        this(new ConcurrentHashMap<>(), node, elapsedMs);
    }

    private InMemoryLeases(ConcurrentMap<String, Lease> leases, NodeId node, LongSupplier elapsedMs) {
        this.leases = leases;
        this.node = node;
        this.elapsedMs = elapsedMs;
    }

    /// The same leases as another node sees them.
    public InMemoryLeases of(NodeId other) {
        return new InMemoryLeases(leases, other, elapsedMs);
    }

    @Override
    public boolean acquire(String task) {
        var nowMs = elapsedMs.getAsLong();
        return leases.compute(
                        task,
                        (_, held) -> held == null || held.holder.equals(node) || held.untilMs <= nowMs
                                ? new Lease(node, nowMs + EXPIRES_AFTER.toMillis())
                                : held)
                .holder
                .equals(node);
    }

    @Override
    public void release() {
        leases.values().removeIf(lease -> lease.holder.equals(node));
    }
}
