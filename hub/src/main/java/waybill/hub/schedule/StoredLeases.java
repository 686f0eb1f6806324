package waybill.hub.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.NodeId;
import waybill.hub.refusal.Failures;
import waybill.journal.Journal;
import waybill.journal.StoredLease;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;

/// Leases in the store that several nodes share. A node renews those of the tasks that it has asked for, and watches
/// those of other nodes: one that is not renewed for [#EXPIRES_AFTER] has lost its holder, and the node takes it. No
/// clock of another machine counts, only the time that passes on this one.
///
/// A holder that could not renew its leases in time runs nothing any more, before another node can have taken them.
/// What it has submitted before is checked once more where it is committed, by [#fence].
///
/// Thread-safe. The scheduler's thread calls [#runDue]; transactions complete on the journal's.
public final class StoredLeases implements Leases {

    /// How long after its last renewal a lease is lost.
    public static final Duration EXPIRES_AFTER = Duration.ofSeconds(6);

    /// How often leases are renewed and looked at: another node takes over [#EXPIRES_AFTER] and this later, at most.
    public static final Duration RENEW_EVERY = Duration.ofSeconds(2);

    /// How long a node that closes waits for its leases to be given up.
    private static final Duration RELEASE_MAX = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StoredLeases.class);

    /// What this node knows of a lease.
    ///
    /// @param leaseOrNone as it was seen last
    /// @param seenMs when it was first seen like that
    /// @param heldUntilMs how long this node holds it if it is not renewed again
    private record Known(@Nullable StoredLease leaseOrNone, long seenMs, long heldUntilMs) {

        static final Known NOTHING = new Known(null, 0, Long.MIN_VALUE);
    }

    private final NodeId node;
    private final Journal journal;
    private final LongSupplier elapsedMs;

    private final Map<String, Known> tasks = new TreeMap<>();
    private long dueMs = Long.MIN_VALUE;
    private boolean isRenewing;
    private boolean isFailing;
    private boolean isReleased;

    /// @param elapsedMs a clock that never jumps, and that goes on while the process is paused
    public StoredLeases(NodeId node, Journal journal, LongSupplier elapsedMs) {
        this.node = node;
        this.journal = journal;
        this.elapsedMs = elapsedMs;
    }

    @Override
    public synchronized boolean acquire(String task) {
        var known = tasks.get(task);
        if (known == null) {
            tasks.put(task, Known.NOTHING);
            dueMs = Long.MIN_VALUE;
            return false;
        }
        return known.heldUntilMs > elapsedMs.getAsLong();
    }

    @Override
    public Journal fence(String task, Journal fenced) {
        return new Journal() {
            @Override
            public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
                return fenced.submit(fence(task, term(task), transaction));
            }
        };
    }

    private <T> Transaction<T> fence(String task, long term, Transaction<T> transaction) {
        return new Transaction<>(
                transaction.reads(),
                work -> isHolder(work, task, term)
                        ? transaction.decision().decide(work)
                        : _ -> {
                            throw new LeaseLostException(task);
                        },
                transaction.bytes(),
                transaction.isDeferrable());
    }

    /// In a transaction, so that no other node takes the lease before it is committed.
    private boolean isHolder(UnitOfWork work, String task, long term) {
        return work.findLease(task)
                .filter(lease -> lease.term() == term && isOwn(lease))
                .isPresent();
    }

    private synchronized long term(String task) {
        var lease = tasks.getOrDefault(task, Known.NOTHING).leaseOrNone;
        return lease == null ? 0 : lease.term();
    }

    private boolean isOwn(StoredLease lease) {
        return lease.holder().equals(node.name());
    }

    @Override
    public synchronized int heldCount() {
        return (int) tasks.values().stream()
                .filter(known -> known.heldUntilMs > elapsedMs.getAsLong())
                .count();
    }

    @Override
    public void runDue() {
        var startedMs = elapsedMs.getAsLong();
        Map<String, Known> known;
        synchronized (this) {
            if (isReleased || isRenewing || tasks.isEmpty() || startedMs < dueMs) {
                return;
            }
            isRenewing = true;
            dueMs = startedMs + RENEW_EVERY.toMillis();
            known = new HashMap<>(tasks);
        }
        CompletableFuture<List<StoredLease>> renewed = journal.submit(work -> renew(work, known, startedMs));
        renewed.whenComplete((leases, thrown) -> onRenewed(leases, thrown, startedMs));
    }

    private List<StoredLease> renew(UnitOfWork work, Map<String, Known> known, long nowMs) {
        var leases = new ArrayList<StoredLease>();
        known.forEach((task, view) -> {
            var lease = work.findLease(task).orElse(new StoredLease(task, "", 0, 0));
            var next = next(lease, view, nowMs);
            if (!next.equals(lease)) {
                work.saveLease(next);
            }
            leases.add(next);
        });
        return leases;
    }

    private StoredLease next(StoredLease lease, Known view, long nowMs) {
        var seen = view.leaseOrNone;
        if (isOwn(lease) && seen != null && seen.term() == lease.term()) {
            return lease.renewed();
        }
        var isExpired = lease.equals(seen) && nowMs - view.seenMs >= EXPIRES_AFTER.toMillis();
        return !lease.isHeld() || isOwn(lease) || isExpired // its own is of a process that has ended
                ? lease.takenBy(node.name())
                : lease;
    }

    private void onRenewed(@Nullable List<StoredLease> leasesOrNone, @Nullable Throwable thrownOrNone, long startedMs) {
        var nowMs = elapsedMs.getAsLong();
        var leases = leasesOrNone == null ? List.<StoredLease>of() : leasesOrNone;
        synchronized (this) {
            isRenewing = false;
            logFailure(thrownOrNone);
            leases.forEach(lease -> update(lease, startedMs, nowMs));
        }
    }

    private void logFailure(@Nullable Throwable thrownOrNone) {
        if (thrownOrNone != null && !isFailing) {
            LOG.warn(
                    "leases cannot be renewed; what they are for runs on another node if this goes on: {}",
                    Failures.cause(thrownOrNone).getMessage());
        } else if (thrownOrNone == null && isFailing) {
            LOG.info("leases are renewed again");
        }
        isFailing = thrownOrNone != null;
    }

    private void update(StoredLease lease, long startedMs, long nowMs) {
        var before = tasks.getOrDefault(lease.task(), Known.NOTHING);
        if (isOwn(lease)) {
            if (lease.renewals() == 0) {
                LOG.info("this node runs the task '{}' from now on", lease.task());
            }
            tasks.put(lease.task(), new Known(lease, nowMs, startedMs + EXPIRES_AFTER.toMillis()));
        } else if (!lease.equals(before.leaseOrNone)) {
            if (before.leaseOrNone != null && isOwn(before.leaseOrNone)) {
                LOG.warn(
                        "node {} runs the task '{}' by now, because this one did not respond",
                        lease.holder(),
                        lease.task());
            }
            tasks.put(lease.task(), new Known(lease, nowMs, Long.MIN_VALUE));
        }
    }

    /// Another node takes the leases with its next look at them. The store may not be writable: then they expire.
    @Override
    public void release() {
        List<String> own;
        synchronized (this) {
            isReleased = true;
            own = List.copyOf(tasks.keySet());
            tasks.clear();
        }
        CompletableFuture<Boolean> released = journal.submit(work -> {
            own.forEach(task ->
                    work.findLease(task).filter(this::isOwn).ifPresent(lease -> work.saveLease(lease.released())));
            return true;
        });
        try {
            released.orTimeout(RELEASE_MAX.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException e) {
            LOG.debug("the leases expire", e);
        }
    }
}
