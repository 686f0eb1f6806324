package waybill.storage.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.storage.sql.PrivateFiles;

/// Keeps a second hub out of a data directory, as long as this process lives. A monitor.
public final class DirectoryLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    private final Path file;
    private FileChannel channel;
    private FileLock lock;
    private boolean warned;

    private DirectoryLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /// Makes the directory if need be, for its owner alone. Throws when another hub has it.
    public static DirectoryLock acquire(Path directory) throws IOException {
        PrivateFiles.createDirectory(directory);
        var file = directory.resolve("waybill.lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        PrivateFiles.restrict(file);
        var lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IllegalStateException(
                    "data directory " + directory + ": in use by another hub (expected: a directory of its own)");
        }
        return new DirectoryLock(file, channel, lock);
    }

    /// Makes a lock file that was removed again, before another hub takes the directory for a free one. The file is
    /// locked before it has its name, so that no other hub can lock it first.
    public synchronized void ensureHeld() {
        if (Files.exists(file)) {
            return;
        }
        try {
            var draft = file.resolveSibling(file.getFileName() + ".new");
            var again = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            PrivateFiles.restrict(draft);
            var locked = tryLock(again);
            if (locked == null) {
                again.close();
                return;
            }
            try {
                Files.createLink(file, draft);
            } catch (IOException e) {
                again.close();
                throw e;
            } finally {
                Files.delete(draft);
            }
            close();
            channel = again;
            lock = locked;
            warned = false;
            LOG.warn("{} was removed while the hub runs; it is there again", file);
        } catch (FileAlreadyExistsException _) {
            LOG.debug("another process has made {}", file);
        } catch (IOException e) {
            if (!warned) {
                warned = true;
                LOG.warn("{} was removed while the hub runs and cannot be made again: {}", file, e.getMessage());
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public synchronized void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
