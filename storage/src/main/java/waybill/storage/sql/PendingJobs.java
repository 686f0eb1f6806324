package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import waybill.outbound.Channel;

/// How many jobs of a target are to be sent: counted once, and then kept, since a count of many rows with each event
/// would be slow. Belongs to the journal's thread.
final class PendingJobs {

    /// Targets whose counts are kept; one more starts the counting anew.
    private static final int TARGETS_MAX = 1_000;

    static final String COUNT = "SELECT count(*) FROM outbound_job WHERE state = 0 AND channel = ? AND target = ?";

    private record Target(Channel channel, String name) {}

    private final PreparedStatement count;
    private final Map<Target, Integer> counts = new HashMap<>();

    PendingJobs(Statements statements) throws SQLException {
        count = statements.prepare(COUNT);
    }

    int count(Channel channel, String target) throws SQLException {
        var key = new Target(channel, target);
        var known = counts.get(key);
        if (known != null) {
            return known;
        }
        if (counts.size() >= TARGETS_MAX) {
            counts.clear();
        }
        count.setInt(1, EnumCodes.encode(channel));
        count.setString(2, target);
        var counted = DirectoryRows.list(count, row -> row.getInt(1)).getFirst();
        counts.put(key, counted);
        return counted;
    }

    void change(Channel channel, String target, int by) {
        counts.computeIfPresent(new Target(channel, target), (_, before) -> before + by);
    }

    /// The transaction was rolled back.
    void clear() {
        counts.clear();
    }
}
