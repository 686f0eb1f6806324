package waybill.storage.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.messaging.Confirmation;
import waybill.messaging.Confirmations;

/// Which receipts are asked for, as committed.
public final class SqlConfirmations implements Confirmations {

    private static final String COLUMNS =
            "SELECT r.position, s.name, r.asked_at, r.attempts, r.sent_at, r.acknowledged_at, r.closed_at ";

    private static final String OF_ALL = COLUMNS + "FROM receipt r JOIN store s ON s.id = r.store WHERE r.position > ?";

    /// By the index of the events of a store, from the oldest receipt on.
    private static final String OF_STORE = COLUMNS + """
            FROM event e CROSS JOIN receipt r ON r.position = e.position JOIN store s ON s.id = e.store
            WHERE e.position > (SELECT max(start) FROM
                (SELECT ? AS start UNION ALL SELECT coalesce(min(position), 1) - 1 FROM receipt) AS starts)
              AND e.store = (SELECT id FROM store WHERE name = ?)
            """;

    private final ReadConnections connections;

    public SqlConfirmations(ReadConnections readers) {
        this.connections = readers;
    }

    @Override
    public List<Confirmation> search(Optional<String> store, Optional<Confirmation.State> state, long after, int max) {
        var sql = (store.isEmpty() ? OF_ALL : OF_STORE)
                + state.map(SqlConfirmations::stateCondition).orElse("")
                + (store.isEmpty() ? " ORDER BY r.position LIMIT " : " ORDER BY e.position LIMIT ")
                + max;
        return connections.read(connection -> {
            try (var query = connection.prepare(sql)) {
                query.setLong(1, after);
                if (store.isPresent()) {
                    query.setString(2, store.get());
                }
                return DirectoryRows.list(query, SqlConfirmations::confirmation);
            }
        });
    }

    private static String stateCondition(Confirmation.State state) {
        return switch (state) {
            case PENDING -> " AND r.acknowledged_at IS NULL AND r.closed_at IS NULL AND r.sent_at IS NULL";
            case SENT -> " AND r.acknowledged_at IS NULL AND r.closed_at IS NULL AND r.sent_at IS NOT NULL";
            case ACKNOWLEDGED -> " AND r.acknowledged_at IS NOT NULL";
            case CLOSED -> " AND r.acknowledged_at IS NULL AND r.closed_at IS NOT NULL";
        };
    }

    private static Confirmation confirmation(ResultSet row) throws SQLException {
        return new Confirmation(
                row.getLong(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getInt(4),
                OrderRow.instant(row, 5),
                OrderRow.instant(row, 6),
                OrderRow.instant(row, 7));
    }
}
