package waybill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The file of the books, in a directory that this process has to itself.
///
/// With `synchronous=FULL` a commit returns when it would survive a power cut.
final class Database implements AutoCloseable {

    private static final int CACHE_KIB = 16 * 1024;

    private final SqliteFile file;
    private final FileChannel lockFile;
    private final FileLock lock;

    private Database(SqliteFile file, FileChannel lockFile, FileLock lock) {
        this.file = file;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// Opens the database in `directory`, making both if need be, and brings its schema up to date.
    static Database open(Path directory) {
        try {
            PrivateFiles.createDirectory(directory);
            var lockFile = FileChannel.open(
                    directory.resolve("waybill.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            PrivateFiles.restrict(directory.resolve("waybill.lock"));
            var lock = tryLock(lockFile, directory);
            var file = new SqliteFile(
                    directory.resolve("waybill.db"), "waybill/storage/schema", SynchronousMode.FULL, CACHE_KIB);
            file.migrate();
            return new Database(file, lockFile, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    Connection writer() throws SQLException {
        return file.writer();
    }

    Connection reader() throws SQLException {
        return file.reader();
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
}
