package waybill.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Looks now and then whether the files that are open are still those that the next hub would open, and whether what is
/// written reaches the main file. Neither is noticed by writing: a deleted file takes everything until the process
/// ends,
/// and a checkpoint that fails says so to nobody. Belongs to the journal's thread.
final class FileWatch {

    /// How often the write-ahead log is carried over into the main file just to see whether that succeeds.
    private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final StoreHealth health;
    private final LongSupplier nanoTime;
    private final long everyNanos;
    private final Map<Path, Object> keys = new HashMap<>(); // of the files as they were opened
    private long dueNanos;
    private long checkpointDueNanos;

    FileWatch(Database database, StoreHealth health, Duration every, LongSupplier nanoTime) {
        this.database = database;
        this.health = health;
        this.nanoTime = nanoTime;
        everyNanos = every.toNanos();
        dueNanos = nanoTime.getAsLong();
        checkpointDueNanos = dueNanos + CHECKPOINT_EVERY.toNanos();
    }

    /// Costs nothing until it is time.
    void lookWhenDue() {
        var now = nanoTime.getAsLong();
        if (now - dueNanos >= 0) {
            dueNanos = now + everyNanos;
            look();
        }
        if (now - checkpointDueNanos >= 0) {
            checkpointDueNanos = now + CHECKPOINT_EVERY.toNanos();
            checkpoint();
        }
    }

    void look() {
        database.holdLock();
        health.moved(
                database.files().stream().flatMap(file -> moved(file).stream()).findFirst());
    }

    /// Empty when there is the file that there was.
    private Optional<String> moved(Path file) {
        var key = key(file);
        var before = key == null ? keys.get(file) : keys.putIfAbsent(file, key);
        if (before == null || before.equals(key)) {
            return Optional.empty();
        }
        return Optional.of(file + (key == null ? " was deleted" : " was replaced") + " while the hub runs");
    }

    void checkpoint() {
        try {
            database.checkpoint();
            health.checkpointed();
        } catch (SQLException e) {
            if (StorageException.isDamage(e)) {
                health.damaged(database.main() + " is damaged: " + StorageException.words(e));
            }
            health.notCheckpointed(StorageException.words(e));
        }
    }

    /// What tells a file from another one at the same path; nothing where there is no file.
    private @Nullable Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException _) {
            return keys.get(file); // nobody knows, so it is taken to be the one that it was
        }
    }
}
