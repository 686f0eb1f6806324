package waybill.hub.schedule;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import waybill.hub.NodeId;
import waybill.journal.Journal;

/// The leases of the nodes in this process. Thread-safe.
public final class InMemoryLeases implements Leases {

    /// How long a node holds a lease that it does not ask for again: many times the interval at which a task asks.
    static final Duration EXPIRES_AFTER = Duration.ofSeconds(30);

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

    /// The nodes of one process are paused together.
    @Override
    public Journal fence(String task, Journal journal) {
        return journal;
    }

    @Override
    public int heldCount() {
        var nowMs = elapsedMs.getAsLong();
        return (int) leases.values().stream()
                .filter(lease -> lease.holder.equals(node) && lease.untilMs > nowMs)
                .count();
    }

    @Override
    public void runDue() {
        // a lease is renewed when it is asked for
    }

    @Override
    public void release() {
        leases.values().removeIf(lease -> lease.holder.equals(node));
    }
}
