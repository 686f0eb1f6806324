package waybill.hub.schedule;

/// Decides which of several nodes runs a task that one node is enough for. One node's view of a port.
public interface Leases {

    /// Whether this node runs the task now: it takes the lease if no other node holds it. Never blocks.
    boolean acquire(String task);

    /// Gives up the leases of this node, which closes.
    void release();
}
