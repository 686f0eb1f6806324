package waybill.hub.outbound;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import waybill.hub.NodeId;
import waybill.hub.schedule.Leases;
import waybill.journal.Journal;
import waybill.outbound.Channel;

/// Of several nodes, the one that sends the jobs of a channel. Guarded by its monitor.
final class ChannelLease {

    private final Channel channel;
    private final NodeId node;
    private final Leases leases;
    private final Journal journal;
    private String kept = ""; // the owner of what this process is sending, once it may send anything
    private boolean hasTakenOver;

    ChannelLease(Channel channel, NodeId node, Leases leases, Journal journal) {
        this.channel = channel;
        this.node = node;
        this.leases = leases;
        this.journal = leases.fence(task(), journal);
    }

    private String task() {
        return "outbound " + channel.wireName();
    }

    /// The journal of what the node does that has the lease.
    Journal journal() {
        return journal;
    }

    synchronized boolean acquire() {
        var isHeld = leases.acquire(task());
        hasTakenOver &= isHeld;
        return isHeld;
    }

    /// Once after this node has got the lease, makes due what other processes were sending. Returns how many jobs those
    /// are.
    CompletableFuture<Integer> takeOver(Instant now) {
        String owner;
        synchronized (this) {
            if (hasTakenOver) {
                return CompletableFuture.completedFuture(0);
            }
            owner = kept;
        }
        CompletableFuture<Integer> released = journal.submitSoon(work -> work.releaseJobs(channel, owner, now));
        return released.thenApply(this::onTakenOver);
    }

    private synchronized int onTakenOver(int jobs) {
        kept = node.name();
        hasTakenOver = leases.acquire(task());
        return jobs;
    }
}
