package waybill.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// How far the clients of one user in one dialect have received the user's events. A client that reconnects without a
/// checkpoint of its own is sent the events after this one.
///
/// @param user in stored form, `driver:7`
/// @param sequence the last received event
/// @param subscribesToOrders whether its clients subscribed to an order: then they are subscribed to the active ones
///     again
public record ClientCheckpoint(
        String user, String dialect, long sequence, boolean subscribesToOrders, Instant savedAt) {

    /// How long the checkpoint of one node counts beside a newer one of another. Nodes save a checkpoint with every
    /// event of the user, so an older one is of clients that have left that node.
    static final Duration COUNTS_FOR = Duration.ofMinutes(10);

    /// The checkpoints of users in dialects, merged from those of the nodes that their clients are connected to, by
    /// dialect. A client may have been connected to any node, so the one that is furthest behind counts.
    public static List<ClientCheckpoint> merge(List<ClientCheckpoint> ofNodes) {
        var merged = new TreeMap<String, ClientCheckpoint>();
        ofNodes.stream()
                .sorted(Comparator.comparing(ClientCheckpoint::savedAt).reversed())
                .forEach(one -> merged.merge(one.dialect, one, ClientCheckpoint::merge));
        return List.copyOf(merged.values());
    }

    private static ClientCheckpoint merge(ClientCheckpoint newer, ClientCheckpoint older) {
        return older.savedAt.isBefore(newer.savedAt.minus(COUNTS_FOR))
                ? newer
                : new ClientCheckpoint(
                        newer.user,
                        newer.dialect,
                        Math.min(newer.sequence, older.sequence),
                        newer.subscribesToOrders || older.subscribesToOrders,
                        newer.savedAt);
    }
}
