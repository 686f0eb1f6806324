package waybill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// One SQLite file in a directory that this process has to itself.
///
/// WAL with `synchronous=FULL`: a commit returns when it would survive a power cut, and readers see the last commit
/// without waiting for the next one.
final class Database implements AutoCloseable {

    /// Pages in the write-ahead log before they are carried over into the main file (4 KiB each).
    private static final int CHECKPOINT_PAGES = 4_000;

    /// Memory for pages, per connection.
    private static final int CACHE_KIB = 16 * 1024;

    private static final int BUSY_TIMEOUT_MS = 5_000;

    private final Path file;
    private final FileChannel lockFile;
    private final FileLock lock;

    private Database(Path file, FileChannel lockFile, FileLock lock) {
        this.file = file;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// Opens the database in `directory`, making both if need be, and brings its schema up to date.
    static Database open(Path directory) {
        try {
            Files.createDirectories(directory);
            var lockFile = FileChannel.open(
                    directory.resolve("waybill.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(lockFile, directory);
            var database = new Database(directory.resolve("waybill.db"), lockFile, lock);
            database.migrate();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory + ": " + e.getMessage(), e);
        }
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

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileLock tryLock(FileChannel lockFile, Path directory) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null;
        }
        if (lock == null) {
            lockFile.close();
            throw new IllegalStateException(
                    "data directory " + directory + ": in use by another hub (expected: a directory of its own)");
        }
        return lock;
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(source())
                .locations("classpath:waybill/storage/schema")
                .load()
                .migrate();
    }

    private SQLiteDataSource source() {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setGetGeneratedKeys(false); // the driver would ask for one after every insert
        config.setCacheSize(-CACHE_KIB);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }
}
