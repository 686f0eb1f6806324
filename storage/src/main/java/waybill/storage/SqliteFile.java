package waybill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// One SQLite file with a write-ahead log: readers see the last commit without waiting for the next one.
///
/// @param schema the folder of the files that make its tables, in the class path
/// @param synchronous what a commit survives
/// @param cacheKib memory for pages, per connection
record SqliteFile(Path path, String schema, SynchronousMode synchronous, int cacheKib) {

    /// Pages in the write-ahead log before they are carried over into the main file (4 KiB each).
    private static final int CHECKPOINT_PAGES = 4_000;

    private static final int BUSY_TIMEOUT_MS = 5_000;

    /// Makes the file if need be, for its owner alone, and brings its tables up to date.
    void migrate() {
        try {
            PrivateFiles.create(path);
            PrivateFiles.restrict(path.resolveSibling(path.getFileName() + "-wal"));
            PrivateFiles.restrict(path.resolveSibling(path.getFileName() + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
        Flyway.configure()
                .dataSource(source())
                .locations("classpath:" + schema)
                .load()
                .migrate();
    }

    Connection writer() throws SQLException {
        var connection = source().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    Connection reader() throws SQLException {
        var connection = source().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = true");
        }
        return connection;
    }

    private SQLiteDataSource source() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setGetGeneratedKeys(false); // the driver would ask for one after every insert
        config.setCacheSize(-cacheKib);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path.toAbsolutePath());
        return source;
    }
}
