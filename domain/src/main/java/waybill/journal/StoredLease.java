package waybill.journal;

/// Which node runs a task that one node is enough for.
///
/// @param holder the name of the node; empty if no node holds the lease
/// @param term counts the holders: what a holder of an earlier term has begun is not committed
/// @param renewals counts the renewals of a term: a holder that does not renew its lease any more loses it
public record StoredLease(String task, String holder, long term, long renewals) {

    public boolean isHeld() {
        return !holder.isEmpty();
    }

    /// The lease in the hands of the next holder.
    public StoredLease takenBy(String node) {
        return new StoredLease(task, node, term + 1, 0);
    }

    public StoredLease renewed() {
        return new StoredLease(task, holder, term, renewals + 1);
    }

    public StoredLease released() {
        return new StoredLease(task, "", term, 0);
    }
}
