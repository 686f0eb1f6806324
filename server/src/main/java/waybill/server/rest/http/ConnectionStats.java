package waybill.server.rest.http;

import java.util.List;
import java.util.Map;
import waybill.access.UserId;
import waybill.hub.presence.ConnectionDurations;
import waybill.hub.presence.UserConnection;

/// Figures of a node's connections over Socket.IO. Safe from any thread.
public interface ConnectionStats {

    /// The name of the node.
    String node();

    int connections();

    /// The number of authenticated users on all nodes.
    int users();

    /// The ids of at most `max` of them.
    List<String> userIds(int max);

    /// The sockets of a user on this node, the oldest first. Those of `/caps` are not among them.
    List<UserConnection> connectionsOf(UserId user);

    /// How long the connections of users lasted that have ended since the start.
    List<ConnectionDurations.Summary> durations();

    /// How often each event was sent since the start.
    Map<String, Long> eventsSent();
}
