package waybill.server.cluster;

import java.util.List;
import waybill.access.UserId;
import waybill.hub.presence.UserConnection;
import waybill.tracking.Fix;

/// What one node tells another, or all. `node` is the process that says it.
sealed interface NodeMessage {

    String node();

    /// How many of a key the node has now, in one of the tables. Absolute, so that it may be said again.
    record Entry(int table, String key, int count) {}

    /// What has changed, to all nodes. One without entries says that the node lives.
    ///
    /// @param sequence one more than that of the node's last one, so that a gap is noticed
    record Changes(String node, long sequence, List<Entry> entries) implements NodeMessage {}

    /// Asks a node for all its entries, because this one has missed some.
    ///
    /// @param wantsPositions whether it asks for the positions of drivers too
    record StateRequest(String node, boolean wantsPositions) implements NodeMessage {}

    /// A part of all entries of a node, as they are after the changes of that sequence.
    record State(String node, long sequence, int part, int parts, List<Entry> entries) implements NodeMessage {}

    /// The newest positions of some drivers.
    record Positions(String node, List<Fix> fixes) implements NodeMessage {}

    /// Permits that were acquired since the last message.
    record Permits(String node, List<Acquired> acquired) implements NodeMessage {}

    /// So many permits of a key.
    ///
    /// @param limiter the name of the limit
    record Acquired(String limiter, String key, int permits) {}

    /// Asks all nodes for the sockets that a user has on them.
    record ConnectionsRequest(String node, long id, UserId user) implements NodeMessage {}

    record Connections(String node, long id, List<UserConnection> connections) implements NodeMessage {}

    /// The node closes.
    record Leaving(String node) implements NodeMessage {}
}
