package waybill.hub.schedule;

import waybill.journal.Journal;

/// Decides which of several nodes runs a task that one node is enough for. One node's view of a port.
public interface Leases {

    /// Whether this node runs the task now: it takes the lease if no other node holds it, and renews its own. Never
    /// blocks.
    boolean acquire(String task);

    /// The journal for what is done under the lease of a task: a transaction that a node has submitted and that is
    /// committed when another node holds the lease, as after a pause, changes nothing and fails with
    /// [LeaseLostException].
    Journal fence(String task, Journal journal);

    /// How many tasks this node runs for all nodes.
    int heldCount();

    /// Called often; cheap until a lease is to be renewed.
    void runDue();

    /// Gives up the leases of this node, which closes.
    void release();
}
