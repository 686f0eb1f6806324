package waybill.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.mailbox.Receipt;
import waybill.mailbox.Receipts;

/// Which receipts are asked for, as committed.
final class SqliteReceipts implements Receipts {

    private static final String SELECT = """
            SELECT r.position, s.name, r.asked_at, r.attempts, r.sent_at, r.acknowledged_at, r.closed_at
            FROM receipt r JOIN store s ON s.id = r.store WHERE r.position > ?
            """;

    private final Readers readers;

    SqliteReceipts(Readers readers) {
        this.readers = readers;
    }

    @Override
    public List<Receipt> search(Optional<String> store, Optional<Receipt.State> state, long after, int max) {
        var sql = SELECT
                + (store.isEmpty() ? "" : " AND r.store = (SELECT id FROM store WHERE name = ?)")
                + state.map(SqliteReceipts::is).orElse("")
                + " ORDER BY r.position LIMIT "
                + max;
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setLong(1, after);
                if (store.isPresent()) {
                    query.setString(2, store.get());
                }
                return DirectoryRows.all(query, SqliteReceipts::receipt);
            }
        });
    }

    private static String is(Receipt.State state) {
        return switch (state) {
            case PENDING -> " AND r.acknowledged_at IS NULL AND r.closed_at IS NULL AND r.sent_at IS NULL";
            case SENT -> " AND r.acknowledged_at IS NULL AND r.closed_at IS NULL AND r.sent_at IS NOT NULL";
            case ACKNOWLEDGED -> " AND r.acknowledged_at IS NOT NULL";
            case CLOSED -> " AND r.acknowledged_at IS NULL AND r.closed_at IS NOT NULL";
        };
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                row.getLong(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getInt(4),
                OrderRow.instant(row, 5),
                OrderRow.instant(row, 6),
                OrderRow.instant(row, 7));
    }
}
