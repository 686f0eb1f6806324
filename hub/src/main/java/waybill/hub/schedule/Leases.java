package waybill.hub.schedule;

import java.time.Duration;

/// Decides which of several nodes runs a task that one node is enough for. One node's view of a port.
///
/// `LeasesContract` tests what every implementation must do.
public interface Leases {

    /// How long a node holds a lease that it does not ask for again: many times the interval at which a task asks.
    Duration EXPIRES_AFTER = Duration.ofSeconds(30);

    /// Whether this node runs the task now: it takes the lease if no other node holds it, and renews its own. Never
    /// blocks.
    boolean acquire(String task);

    /// Gives up the leases of this node, which closes.
    void release();
}
