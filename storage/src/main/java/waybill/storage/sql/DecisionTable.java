package waybill.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import waybill.dispatch.DecisionCodec;
import waybill.dispatch.DecisionQueries;
import waybill.dispatch.StoredDecision;
import waybill.order.OrderId;

/// The decisions of dispatch, on the writing connection. Belongs to the journal's thread.
public final class DecisionTable {

    /// Decisions that are stored; beyond that the oldest are deleted.
    public static final int DECISIONS_MAX = 20_000;

    /// How long one is stored: it has the places of customers and drivers.
    public static final Duration RETENTION = Duration.ofDays(30);

    /// Old decisions that are deleted with each new one: more than one, so that a backlog shrinks.
    private static final int PURGED_MAX = 4;

    private static final String OF_ORDER =
            "SELECT id, decision FROM dispatch_decision WHERE order_id = ? AND id < ? ORDER BY id DESC LIMIT ?";

    private static final String AFTER = "SELECT id, decision FROM dispatch_decision WHERE id > ? ORDER BY id LIMIT ?";

    private final PreparedStatement save;
    private final PreparedStatement purge;
    private final int decisionsMax;

    DecisionTable(Statements statements) throws SQLException {
        this(statements, DECISIONS_MAX);
    }

    DecisionTable(Statements statements, int decisionsMax) throws SQLException {
        this.decisionsMax = decisionsMax;
        save = statements.prepare("INSERT INTO dispatch_decision (order_id, decided_at, decision) VALUES (?, ?, ?)");
        purge = statements.prepare("""
                DELETE FROM dispatch_decision WHERE id IN (SELECT id FROM dispatch_decision ORDER BY id LIMIT ?)
                AND (decided_at < ? OR id <= (SELECT max(id) FROM dispatch_decision) - ?)
                """);
    }

    int save(OrderId order, long decidedAtMs, byte[] decision) throws SQLException {
        save.setBytes(1, OrderRow.bytes(order));
        save.setLong(2, decidedAtMs);
        save.setBytes(3, decision);
        var saved = save.executeUpdate();
        purge.setInt(1, PURGED_MAX);
        purge.setLong(2, decidedAtMs - RETENTION.toMillis());
        purge.setInt(3, decisionsMax);
        purge.executeUpdate();
        return saved;
    }

    /// The same as committed, for any thread.
    public static DecisionQueries queries(ReadConnections readers) {
        return new DecisionQueries() {
            @Override
            public List<Saved> listDecisions(OrderId order, long before, int max) {
                return readers.query(OF_ORDER, query -> {
                    query.setBytes(1, OrderRow.bytes(order));
                    query.setLong(2, before);
                    query.setInt(3, max);
                    return DirectoryRows.list(query, DecisionTable::saved);
                });
            }

            @Override
            public List<Saved> listDecisions(long after, int max) {
                return readers.query(AFTER, query -> {
                    query.setLong(1, after);
                    query.setInt(2, max);
                    return DirectoryRows.list(query, DecisionTable::saved);
                });
            }
        };
    }

    /// Passes all decisions on, the oldest first, without holding them.
    public static void forEach(Connection connection, Consumer<StoredDecision> consumer) throws SQLException {
        try (var query = connection.prepareStatement("SELECT id, decision FROM dispatch_decision ORDER BY id");
                var rows = query.executeQuery()) {
            while (rows.next()) {
                consumer.accept(saved(rows).decision());
            }
        }
    }

    private static DecisionQueries.Saved saved(ResultSet row) throws SQLException {
        var id = row.getLong(1);
        try {
            return new DecisionQueries.Saved(id, DecisionCodec.decode(row.getBytes(2)));
        } catch (IllegalArgumentException e) { // the hub wrote no such row
            throw new CorruptDataException("row " + id + " of dispatch_decision: " + e.getMessage(), e);
        }
    }
}
