package waybill.storage.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.sqlite.SQLiteConfig.SynchronousMode;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sql.Disk;

/// The file of the books, in a directory that this process has to itself.
///
/// With `synchronous=FULL` a commit returns when it would survive a power cut.
public final class Database implements AutoCloseable {

    private static final int CACHE_KIB = 16 * 1024;

    private final SqliteFile file;
    private final Optional<DirectoryLock> lock;

    private Database(SqliteFile file, Optional<DirectoryLock> lock) {
        this.file = file;
        this.lock = lock;
    }

    /// Opens the database in `directory`, making both if need be, and brings its schema up to date.
    public static Database open(Path directory, Disk disk) {
        try {
            var lock = DirectoryLock.acquire(directory);
            var file = file(directory).on(disk);
            try {
                file.migrate();
            } catch (RuntimeException e) {
                lock.close();
                throw openFailure(file.path(), e);
            }
            return new Database(file, Optional.of(lock));
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /// Opens a database that other nodes of a simulation have open too. Its schema is up to date.
    public static Database openShared(Path directory, Disk disk) {
        return new Database(file(directory).on(disk), Optional.empty());
    }

    public static SqliteFile file(Path directory) {
        return new SqliteFile(
                directory.resolve("waybill.db"), "waybill/storage/schema", SynchronousMode.FULL, CACHE_KIB);
    }

    /// The version of the tables that this program makes.
    public static MigrationVersion newestSchema() {
        return file(Path.of("")).newestSchema();
    }

    public IllegalStateException openFailure(SQLException failure) {
        return openFailure(file.path(), failure);
    }

    private static IllegalStateException openFailure(Path file, Exception failure) {
        if (failure instanceof IllegalStateException known) {
            return known;
        }
        var cause = failure instanceof FlywayException ? sqlCause(failure) : failure;
        var words = file + " cannot be opened: " + SqliteFailures.SQLITE.describe(cause);
        return new IllegalStateException(
                SqliteFailures.SQLITE.isCorruption(cause) ? words + ". " + CorruptDataException.ADVICE : words,
                failure);
    }

    private static Throwable sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return cause;
            }
        }
        return failure;
    }

    /// The files without which what is written is lost.
    List<Path> files() {
        return List.of(file.path(), file.walPath());
    }

    Path mainFile() {
        return file.path();
    }

    /// See [SqliteFile#checkpointWal].
    void checkpointWal() throws SQLException {
        file.checkpointWal();
    }

    /// See [DirectoryLock#ensureHeld].
    void ensureLocked() {
        lock.ifPresent(DirectoryLock::ensureHeld);
    }

    public Connection openWriter() throws SQLException {
        return file.openWriter();
    }

    Connection openReader() throws SQLException {
        return file.openReader();
    }

    @Override
    public void close() {
        lock.ifPresent(DirectoryLock::close);
    }
}
