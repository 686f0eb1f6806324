package waybill.storage.sqlite;

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
import waybill.storage.sql.StoreHealth;

/// Looks now and then whether the files that are open are still those that the next hub would open, and whether
/// what is written reaches the main file. Neither is noticed by writing: a deleted file takes everything until the
/// process ends, and a checkpoint that fails is not reported. Belongs to the journal's thread.
public final class DatabaseFileMonitor {

    /// How often the write-ahead log is carried over into the main file just to see whether that succeeds.
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMinutes(1);

    private final Database database;
    private final StoreHealth health;
    private final LongSupplier nanoTime;
    private final long everyNanos;
    private final Map<Path, Object> keys = new HashMap<>(); // of the files as they were opened
    private long dueNanos;
    private long checkpointDueNanos;

    public DatabaseFileMonitor(Database database, StoreHealth health, Duration every, LongSupplier nanoTime) {
        this.database = database;
        this.health = health;
        this.nanoTime = nanoTime;
        everyNanos = every.toNanos();
        dueNanos = nanoTime.getAsLong();
        checkpointDueNanos = dueNanos + CHECKPOINT_INTERVAL.toNanos();
    }

    /// Costs nothing until it is time.
    public void runDue() {
        var now = nanoTime.getAsLong();
        if (now - dueNanos >= 0) {
            dueNanos = now + everyNanos;
            check();
        }
        if (now - checkpointDueNanos >= 0) {
            checkpointDueNanos = now + CHECKPOINT_INTERVAL.toNanos();
            checkpointWal();
        }
    }

    void check() {
        database.ensureLocked();
        health.onFilesChanged(database.files().stream()
                .flatMap(file -> describeChange(file).stream())
                .findFirst());
    }

    /// Empty when there is the file that there was.
    private Optional<String> describeChange(Path file) {
        var key = fileKey(file);
        var before = key == null ? keys.get(file) : keys.putIfAbsent(file, key);
        if (before == null || before.equals(key)) {
            return Optional.empty();
        }
        return Optional.of(file + (key == null ? " was deleted" : " was replaced") + " while the hub runs");
    }

    void checkpointWal() {
        try {
            database.checkpointWal();
            health.onWalCheckpointed();
        } catch (SQLException e) {
            if (SqliteFailures.SQLITE.isCorruption(e)) {
                health.onCorruption(database.mainFile() + " is damaged: " + SqliteFailures.SQLITE.describe(e));
            }
            health.onWalCheckpointFailed(SqliteFailures.SQLITE.describe(e));
        }
    }

    /// What tells a file from another one at the same path; nothing where there is no file.
    private @Nullable Object fileKey(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException _) {
            return keys.get(file); // unknown, so it is taken to be the same file
        }
    }
}
