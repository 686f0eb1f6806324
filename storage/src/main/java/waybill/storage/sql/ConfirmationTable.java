package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.journal.Read;

/// The confirmations of stores, on the writing connection. Belongs to the journal's thread.
///
/// Whether a confirmation is pending is decided on what the batch has loaded, and all changes are written in one round
/// by [#flush]: attempts, then confirmations, then what is closed.
public final class ConfirmationTable {

    private static final int NO_ATTEMPT = 0;

    /// Orders of which it is remembered that no confirmation is open; of others the table is asked.
    private static final int CACHED_CLOSED_MAX = 10_000;

    private static final String FIND_PENDING = """
            SELECT asked.store, asked.position FROM asked CROSS JOIN receipt r ON r.position = asked.position
            CROSS JOIN store s ON s.id = r.store AND s.name = asked.store WHERE r.acknowledged_at IS NULL
            """;

    private record Key(String store, long position) {}

    private final InternedNames stores;
    private final KeyedQuery<Key> findPending;
    private final InsertBatch inserts;
    private final BatchedStatement attempt;
    private final BatchedStatement confirm;
    private final BatchedStatement close;
    private final Set<Long> closed = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > CACHED_CLOSED_MAX;
        }
    });
    private final Map<Key, Boolean> pending = new HashMap<>();

    public ConfirmationTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        findPending = new KeyedQuery<>(statements, "store, position", FIND_PENDING, (query, first, key) -> {
            query.setString(first, key.store);
            query.setLong(first + 1, key.position);
        });
        inserts =
                new InsertBatch(statements, "INSERT INTO receipt (position, store, order_row, asked_at, attempts)", 5);
        attempt = new BatchedStatement(
                statements,
                "UPDATE receipt SET attempts = attempts + 1, sent_at = ? WHERE position = ?"
                        + " AND store = (SELECT id FROM store WHERE name = ?)");
        confirm = new BatchedStatement(
                statements,
                "UPDATE receipt SET acknowledged_at = ? WHERE position = ?"
                        + " AND store = (SELECT id FROM store WHERE name = ?) AND acknowledged_at IS NULL");
        close = new BatchedStatement(statements, """
                UPDATE receipt SET closed_at = ?
                WHERE position IN (SELECT position FROM event WHERE order_row = ?)
                  AND acknowledged_at IS NULL AND closed_at IS NULL
                """);
    }

    /// Loads in one round which of the confirmations that a batch reads are pending.
    public void load(Set<Read> reads) throws SQLException {
        pending.clear();
        var keys = new ArrayList<Key>();
        for (var read : reads) {
            if (read instanceof Read.OfConfirmation(var store, var sequence)) {
                keys.add(new Key(store, sequence));
            }
        }
        load(keys);
    }

    public boolean isLoaded(String store, long position) {
        return pending.containsKey(new Key(store, position));
    }

    /// Loads one that was not declared.
    public void load(String store, long position) throws SQLException {
        load(List.of(new Key(store, position)));
    }

    private void load(List<Key> keys) throws SQLException {
        keys.forEach(key -> pending.put(key, false));
        findPending.run(keys, row -> pending.put(new Key(row.getString(1), row.getLong(2)), true));
    }

    public void request(String store, long orderRow, long position, Instant at) throws SQLException {
        inserts.add(position, stores.findOrCreateId(store), orderRow, at.toEpochMilli(), NO_ATTEMPT);
        pending.put(new Key(store, position), true);
        closed.remove(orderRow);
    }

    public void recordAttempt(String store, long position, Instant at) throws SQLException {
        attempt.add(row -> set(row, new Key(store, position), at));
    }

    private static void set(PreparedStatement row, Key key, Instant at) throws SQLException {
        row.setLong(1, at.toEpochMilli());
        row.setLong(2, key.position);
        row.setString(3, key.store);
    }

    /// False when no such confirmation is pending.
    public boolean confirm(String store, long position, Instant at) throws SQLException {
        var key = new Key(store, position);
        if (!pending.getOrDefault(key, false)) {
            return false;
        }
        pending.put(key, false);
        confirm.add(row -> set(row, key, at));
        return true;
    }

    /// Most orders have several events after their confirmations are closed.
    public void close(long orderRow, Instant at) throws SQLException {
        if (closed.add(orderRow)) {
            close.add(row -> {
                row.setLong(1, at.toEpochMilli());
                row.setLong(2, orderRow);
            });
        }
    }

    /// Writes what was added and changed. The events must have been written before.
    public void flush() throws SQLException {
        inserts.flush();
        for (var statement : List.of(attempt, confirm, close)) {
            statement.flush();
        }
    }

    /// The transaction was rolled back.
    public void clearCache() throws SQLException {
        for (var statement : List.of(attempt, confirm, close)) {
            statement.clear();
        }
        inserts.clear();
        pending.clear();
        closed.clear();
    }
}
