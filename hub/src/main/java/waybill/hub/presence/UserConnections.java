package waybill.hub.presence;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import waybill.access.Role;
import waybill.access.UserId;

/// The sockets of users with a token, on all nodes and all namespaces, and how long those lasted that have ended. A
/// port.
public interface UserConnections {

    /// The sockets of some namespaces of a node. Safe from any thread, and never blocks.
    @FunctionalInterface
    interface Source {

        /// The oldest first.
        Stream<UserConnection> connectionsOf(UserId user);
    }

    /// Sockets of this node.
    void add(Source source);

    /// The oldest first. May block.
    List<UserConnection> of(UserId user);

    /// A socket of this node has ended.
    void ended(String namespace, Role role, Duration lasted);

    /// How long the sockets lasted that have ended. Sorted by namespace and role.
    List<ConnectionDurations.Summary> durations();
}
