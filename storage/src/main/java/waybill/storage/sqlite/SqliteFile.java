package waybill.storage.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import waybill.storage.sql.Disk;
import waybill.storage.sql.PrivateFiles;
import waybill.storage.sql.SchemaFiles;

/// One SQLite file with a write-ahead log: readers see the last commit without waiting for the next one.
///
/// @param schema the folder of the files that make its tables, in the class path
/// @param synchronous what a commit survives
/// @param cacheKib memory for pages, per connection
public record SqliteFile(Path path, String schema, SynchronousMode synchronous, int cacheKib, Disk disk) {

    /// Pages in the write-ahead log before they are carried over into the main file (4 KiB each).
    private static final int CHECKPOINT_PAGES = 4_000;

    /// What is left of a write-ahead log that had to grow, once it is carried over.
    private static final long WAL_BYTES_MAX = 32L << 20;

    private static final int BUSY_TIMEOUT_MS = 5_000;

    /// A file on this machine's disk.
    public SqliteFile(Path path, String schema, SynchronousMode synchronous, int cacheKib) {
        this(path, schema, synchronous, cacheKib, Disk.ofMachine());
    }

    /// The same file on another disk.
    public SqliteFile on(Disk another) {
        return new SqliteFile(path, schema, synchronous, cacheKib, another);
    }

    /// Makes the file if need be, for its owner alone, and brings its tables up to date.
    public void migrate() {
        migrate(() -> {});
    }

    /// The same.
    ///
    /// @param before is done to the file before its tables are brought up to date
    public void migrate(Runnable before) {
        try {
            PrivateFiles.create(path);
            PrivateFiles.restrict(path.resolveSibling(path.getFileName() + "-wal"));
            PrivateFiles.restrict(path.resolveSibling(path.getFileName() + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
        disk.migrate(path, () -> {
            before.run();
            migrateTables();
        });
    }

    /// The version of the tables that this program makes.
    public MigrationVersion newestSchema() {
        var empty = new SQLiteDataSource();
        empty.setUrl("jdbc:sqlite::memory:");
        return Stream.of(flyway(empty).info().all())
                .map(MigrationInfo::getVersion)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Flyway flyway(SQLiteDataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + schema)
                .ignoreMigrationPatterns(new String[0]) // also not those of the future
                .load();
    }

    private void migrateTables() {
        if (isCurrent()) {
            return;
        }
        var flyway = flyway(dataSource());
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw Stream.of(flyway.info().applied())
                    .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                    .map(MigrationInfo::getVersion)
                    .max(Comparator.naturalOrder())
                    .<RuntimeException>map(version -> new IllegalStateException(path + ": written by a newer hub, with"
                            + " schema " + version + " (expected: a hub at least as new as that one, or the backup made"
                            + " before the upgrade)"))
                    .orElse(e);
        }
    }

    private boolean isCurrent() {
        try (var connection = dataSource().getConnection()) {
            return new SchemaFiles(schema).haveMade(connection);
        } catch (SQLException _) {
            return false; // Flyway meets the same, and tells
        }
    }

    public Connection openWriter() throws SQLException {
        var connection = connect();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_size_limit = " + WAL_BYTES_MAX);
            if (synchronous == SynchronousMode.FULL) { // macOS alone tells the disk's cache from the disk
                statement.execute("PRAGMA fullfsync = true");
                statement.execute("PRAGMA checkpoint_fullfsync = true");
            }
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /// Carries the write-ahead log over into the main file, as far as no reader is in the way, and throws when the main
    /// file does not take it. SQLite does the same by itself, but keeps to itself how that went.
    void checkpointWal() throws SQLException {
        checkpointWal("PASSIVE");
    }

    /// The same for all of it, which leaves nothing of the log. Waits for readers.
    public void truncateWal() throws SQLException {
        checkpointWal("TRUNCATE");
    }

    private void checkpointWal(String mode) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            rows.next();
        }
    }

    /// Copies all that is committed into a new file, which nothing else is needed with. The hub may run meanwhile.
    public void copyInto(Path target) throws SQLException {
        try (var connection = connect();
                var copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toAbsolutePath().toString());
            copy.execute();
        }
    }

    /// What SQLite finds wrong with the file when it reads all of it; nothing when it is sound. The hub may run
    /// meanwhile.
    public List<String> findCorruption() throws SQLException {
        try (var connection = openReader()) {
            return SqliteCopy.findCorruption(connection);
        }
    }

    /// The version of its tables. The hub may run meanwhile.
    public String currentSchema() throws SQLException {
        try (var connection = openReader()) {
            return SqliteCopy.schema(connection);
        }
    }

    /// The write-ahead log beside the main file.
    public Path walPath() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    public Connection openReader() throws SQLException {
        var connection = connect();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = true");
        }
        return connection;
    }

    private Connection connect() throws SQLException {
        return disk.connect(dataSource());
    }

    private SQLiteDataSource dataSource() {
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
