package waybill.storage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import waybill.storage.sql.DirectoryRows;

/// A copy of a database, to which no hub writes. It is read only.
public record SqliteCopy(Path path) {

    /// What SQLite finds wrong with the file when it reads all of it; nothing when it is sound.
    public List<String> findCorruption() throws SQLException {
        try (var connection = connect()) {
            return findCorruption(connection);
        }
    }

    static List<String> findCorruption(Connection connection) throws SQLException {
        try (var check = connection.prepareStatement("PRAGMA integrity_check")) {
            return DirectoryRows.list(check, row -> row.getString(1)).stream()
                    .filter(line -> !line.equals("ok"))
                    .toList();
        }
    }

    public long countRows(String table) throws SQLException {
        try (var connection = connect();
                var count = connection.prepareStatement("SELECT count(*) FROM " + table)) {
            return DirectoryRows.list(count, row -> row.getLong(1)).getFirst();
        }
    }

    /// The version of its tables.
    public String schema() throws SQLException {
        try (var connection = connect()) {
            return schema(connection);
        }
    }

    static String schema(Connection connection) throws SQLException {
        try (var newest = connection.prepareStatement("SELECT version FROM flyway_schema_history"
                + " WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")) {
            return DirectoryRows.list(newest, row -> row.getString(1)).getFirst();
        }
    }

    private Connection connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path.toAbsolutePath());
        return source.getConnection();
    }
}
