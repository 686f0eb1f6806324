package waybill.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.Store;
import waybill.storage.sql.SchemaFiles;
import waybill.storage.sql.StoreLimits;

/// The migrations of both databases lead to the same tables.
class PostgresSchemaTest {

    /// The full-text index, which is a table of its own kind in SQLite.
    private static final String WORDS = "order_word%";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void tablesAndColumnsAreThoseOfSqlite() throws SQLException {
        Store.open(data, StoreLimits.defaults(), () -> {}).close();
        var address = PostgresServer.createDatabase();
        PostgresDatabase.open(address);
        try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.db"));
                var postgres = PostgresServer.connect(address)) {
            assertThat(read(postgres, """
                            SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END
                            FROM information_schema.columns WHERE table_schema = 'public'
                            AND table_name NOT LIKE '%s' AND table_name NOT IN ('flyway_schema_history', 'journal_head')
                            """.formatted(WORDS))).isEqualTo(read(sqlite, """
                            SELECT t.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN '' ELSE '?' END
                            FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'
                            AND t.name NOT LIKE '%s' AND t.name NOT LIKE 'sqlite%%' AND t.name <> 'flyway_schema_history'
                            """.formatted(WORDS)));
            assertThat(read(postgres, """
                            SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'
                            AND indexname NOT LIKE '%_key' AND indexname NOT LIKE 'flyway%'
                            AND tablename <> 'order_word'
                            """)).isEqualTo(read(sqlite, """
                            SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'
                            AND name NOT LIKE 'flyway%'
                            """));
        }
    }

    @Test
    void aDatabaseThatFlywayHasBroughtUpToDateIsCurrentUntilItsHistoryIsAnother() throws SQLException {
        var address = PostgresServer.createDatabase();
        var files = new SchemaFiles("waybill/storage/postgres");
        try (var connection = PostgresServer.connect(address);
                var statement = connection.createStatement()) {
            assertThat(files.haveMade(connection)).isFalse();
            PostgresDatabase.open(address);
            assertThat(files.haveMade(connection)).isTrue();
            statement.execute("UPDATE flyway_schema_history SET success = false WHERE version = '24'");
            assertThat(files.haveMade(connection)).isFalse();
        }
    }

    private static Set<String> read(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new TreeSet<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
