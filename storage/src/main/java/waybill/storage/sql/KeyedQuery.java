package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/// A query for the rows of many keys. It is run once for up to [#KEYS_MAX] of them. Belongs to the thread that writes.
public final class KeyedQuery<K> {

    /// Keys of one run: more than most batches have.
    static final int KEYS_MAX = 256;

    /// Keys of each statement; fewer are padded to the next size, by repeating the last.
    private static final int[] SIZES = {1, 4, 16, 64, KEYS_MAX};

    /// Sets the parameters of a key.
    public interface KeyWriter<K> {
        void set(PreparedStatement query, int first, K key) throws SQLException;
    }

    /// Handles a row.
    public interface RowHandler {
        void onRow(ResultSet row) throws SQLException;
    }

    private final Statements statements;
    private final String columns;
    private final int columnCount;
    private final String select;
    private final KeyWriter<K> writer;
    private final TreeMap<Integer, PreparedStatement> bySize = new TreeMap<>();

    /// @param columns the columns of the keys, such as `store, name`
    /// @param select reads from `asked`, a table of the keys. A row may be found more than once
    public KeyedQuery(Statements statements, String columns, String select, KeyWriter<K> writer) {
        this.statements = statements;
        this.columns = columns;
        this.select = select;
        this.writer = writer;
        columnCount = columns.split(",").length;
    }

    public void run(List<K> keys, RowHandler handler) throws SQLException {
        for (var from = 0; from < keys.size(); from += KEYS_MAX) {
            runOnce(keys.subList(from, Math.min(keys.size(), from + KEYS_MAX)), handler);
        }
    }

    private void runOnce(List<K> keys, RowHandler handler) throws SQLException {
        var size = size(keys.size());
        var query = bySize.get(size);
        if (query == null) {
            query = statements.prepare(sql(size));
            bySize.put(size, query);
        }
        for (var i = 0; i < size; i++) {
            writer.set(query, 1 + i * columnCount, keys.get(Math.min(i, keys.size() - 1)));
        }
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                handler.onRow(rows);
            }
        }
    }

    private static int size(int keys) {
        for (var size : SIZES) {
            if (keys <= size) {
                return size;
            }
        }
        throw new IllegalArgumentException("keys: " + keys + " (expected: at most " + KEYS_MAX + ")");
    }

    private String sql(int size) {
        var key = "(?" + ", ?".repeat(columnCount - 1) + ")";
        return "WITH asked (" + columns + ") AS (VALUES " + key + (", " + key).repeat(size - 1) + ") " + select;
    }
}
