package waybill.storage.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresFailures;
import waybill.storage.sql.StorageException;

/// The database that is copied into. It has no end of the log until the copy is complete: no hub opens it without.
final class TargetDatabase implements AutoCloseable {

    private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(2003792482, 1)";

    /// What PostgreSQL has for itself, what differs, and what holds nothing.
    private static final String NOT_COPIED =
            "('flyway_schema_history', 'journal_head', 'order_word', 'probe', 'lease')";

    private static final String COLUMNS = """
            SELECT table_name, column_name, data_type, is_identity FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name NOT IN %s ORDER BY table_name, ordinal_position
            """.formatted(NOT_COPIED);

    private final PostgresDatabase database;
    private final Connection connection;

    private TargetDatabase(PostgresDatabase database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    static String describe(SQLException failure) {
        return PostgresFailures.POSTGRES.describe(failure);
    }

    /// Opens a database that is empty, or into which a copy was begun.
    static TargetDatabase open(PostgresAddress address) throws SQLException {
        var database = PostgresDatabase.prepare(address);
        var connection = database.openImporter();
        var target = new TargetDatabase(database, connection);
        try {
            target.requireEmpty();
            return target;
        } catch (SQLException | IllegalStateException e) {
            connection.close();
            throw e;
        }
    }

    private void requireEmpty() throws SQLException {
        if (!isTrue(TRY_LOCK)) {
            throw new IllegalStateException(database + ": in use by a hub or by another migration (expected: by none)");
        }
        if (isTrue("SELECT EXISTS (SELECT 1 FROM journal_head WHERE position > 0 OR commits > 0)")) {
            throw new IllegalStateException(
                    database + ": a hub has written to it (expected: an empty database, or an unfinished migration)");
        }
        connection.commit();
    }

    private boolean isTrue(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /// Deletes what an earlier copy has left. From now on no hub opens the database.
    void clear() throws SQLException {
        var names = tables().stream().map(CopiedTable::name).collect(Collectors.joining(", "));
        execute("DELETE FROM journal_head");
        execute("TRUNCATE " + names + ", order_word, probe, lease RESTART IDENTITY");
        connection.commit();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<CopiedTable> tables() throws SQLException {
        var columns = new LinkedHashMap<String, List<CopiedTable.Column>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(new CopiedTable.Column(
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4).equals("YES")));
            }
        }
        return columns.entrySet().stream()
                .map(table -> new CopiedTable(table.getKey(), table.getValue()))
                .toList();
    }

    TableInsert insert(CopiedTable table) throws SQLException {
        return new TableInsert(table, connection.prepareStatement(table.insert()));
    }

    /// Rows that are committed some at a time.
    final class TableInsert implements AutoCloseable {

        private final CopiedTable table;
        private final PreparedStatement insert;
        private int waiting;
        private long waitingSize;

        private TableInsert(CopiedTable table, PreparedStatement insert) {
            this.table = table;
            this.insert = insert;
        }

        void add(List<@Nullable Object> row) throws SQLException {
            table.write(insert, row);
            insert.addBatch();
            waiting++;
            waitingSize += CopiedTable.size(row);
            if (waiting >= DatabaseMigration.BATCH_MAX || waitingSize >= DatabaseMigration.BATCH_SIZE_MAX) {
                flush();
            }
        }

        void flush() throws SQLException {
            insert.executeBatch();
            connection.commit();
            waiting = 0;
            waitingSize = 0;
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }

    /// What is in a table, read some rows at a time.
    RowHash hash(CopiedTable table) throws SQLException {
        var hash = new RowHash();
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(DatabaseMigration.FETCH_MAX);
            try (var rows = statement.executeQuery(table.select())) {
                while (rows.next()) {
                    hash.add(table.read(rows));
                }
            }
        }
        connection.commit();
        return hash;
    }

    /// The copy is complete: hubs may open the database.
    void finish(OptionalLong lastJob) throws SQLException {
        for (var table : tables()) {
            for (var column : table.columns()) {
                if (column.isIdentity()) {
                    var least = table.name().equals("outbound_job") ? lastJob.orElse(0) : 0;
                    execute("SELECT setval(pg_get_serial_sequence('" + table.name() + "', '" + column.name() + "'),"
                            + " greatest(max(" + column.name() + "), " + least + ", 1), greatest(max(" + column.name()
                            + "), " + least + ") > 0) FROM " + table.name());
                }
            }
        }
        execute("INSERT INTO journal_head (id, position, commits)"
                + " SELECT 1, coalesce(max(position), 0), 1 FROM event");
        connection.commit();
        connection.setAutoCommit(true);
        execute("ANALYZE");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }

    @Override
    public String toString() {
        return database.toString();
    }
}
