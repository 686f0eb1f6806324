package waybill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The file of the books, in a directory that this process has to itself.
///
/// With `synchronous=FULL` a commit returns when it would survive a power cut.
final class Database implements AutoCloseable {

    private static final int CACHE_KIB = 16 * 1024;

    private final SqliteFile file;
    private final DirectoryLock lock;

    private Database(SqliteFile file, DirectoryLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /// Opens the database in `directory`, making both if need be, and brings its schema up to date.
    static Database open(Path directory) {
        try {
            PrivateFiles.createDirectory(directory);
            var lock = DirectoryLock.of(directory);
            var file = file(directory);
            try {
                file.migrate();
            } catch (RuntimeException e) {
                lock.close();
                throw cannotOpen(file.path(), e);
            }
            return new Database(file, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    static SqliteFile file(Path directory) {
        return new SqliteFile(
                directory.resolve("waybill.db"), "waybill/storage/schema", SynchronousMode.FULL, CACHE_KIB);
    }

    IllegalStateException cannotOpen(SQLException failure) {
        return cannotOpen(file.path(), failure);
    }

    private static IllegalStateException cannotOpen(Path file, Exception failure) {
        if (failure instanceof IllegalStateException known) {
            return known;
        }
        var cause = failure instanceof FlywayException ? sqlCause(failure) : failure;
        var words = file + " cannot be opened: " + StorageException.words(cause);
        return new IllegalStateException(
                StorageException.isDamage(cause) ? words + ". " + DamagedException.ADVICE : words, failure);
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
        return List.of(file.path(), file.wal());
    }

    Path main() {
        return file.path();
    }

    /// See [SqliteFile#checkpoint].
    void checkpoint() throws SQLException {
        file.checkpoint();
    }

    /// See [DirectoryLock#hold].
    void holdLock() {
        lock.hold();
    }

    Connection writer() throws SQLException {
        return file.writer();
    }

    Connection reader() throws SQLException {
        return file.reader();
    }

    @Override
    public void close() {
        lock.close();
    }
}
