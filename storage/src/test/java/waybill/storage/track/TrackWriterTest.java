package waybill.storage.track;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.TrackLogContract.point;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import waybill.concurrent.Threads;
import waybill.storage.sqlite.SqliteFile;
import waybill.tracking.TrackLog.TrackLogStats;

/// A disk that is slow or full: no caller waits, what is too much is lost and counted, and it goes on by itself.
class TrackWriterTest {

    private static final TrackLimits TEN_MAY_WAIT =
            new TrackLimits(10, 4, Duration.ofMillis(5), Duration.ofDays(30), 0);

    /// Than all points.
    private static final InstantSource LATER = () -> Instant.ofEpochMilli(Long.MAX_VALUE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private SqliteFile file;

    @BeforeEach
    void make() {
        file = new SqliteFile(directory.resolve("tracks.db"), "waybill/storage/tracks", SynchronousMode.NORMAL, 1_024);
        file.migrate();
    }

    private static TrackWriter writer(
            SqliteTrackSink.TableSource tables,
            SqliteTrackSink.FreeSpace disk,
            TrackLimits limits,
            InstantSource trusted,
            Threads threads) {
        return new TrackWriter(new SqliteTrackSink(tables, disk, limits.freeBytesMin()), limits, trusted, threads);
    }

    private TrackTable table() throws SQLException {
        return new TrackTable(file.openWriter());
    }

    @Test
    void aFullDiskDropsTheExcessAndWritesTheRestLater() {
        var full = new AtomicBoolean(true);
        try (var writer = writer(
                () -> {
                    if (full.get()) {
                        throw new SQLiteException("no room", SQLiteErrorCode.SQLITE_FULL);
                    }
                    return table();
                },
                () -> 0,
                TEN_MAY_WAIT,
                LATER,
                Threads.ofPlatform())) {
            writer.start();
            IntStream.range(0, 15).forEach(second -> writer.append(point("kari", second)));
            await(() -> !writer.stats().isWritable());
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(0, 5, 0, 10, true, false));
            full.set(false);
            await(() -> writer.stats().queueLength() == 0);
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(10, 5, 0, true));
        }
    }

    @Test
    void aFailedTransactionIsRetriedAsAWhole() {
        var broken = new AtomicBoolean(true);
        try (var writer = writer(
                () -> {
                    var connection = file.openWriter();
                    if (broken.get()) {
                        try (var statement = connection.createStatement()) {
                            statement.execute("PRAGMA max_page_count = 1"); // as many as there are, that is
                        }
                    }
                    return new TrackTable(connection);
                },
                () -> 0,
                new TrackLimits(100_000, 100_000, Duration.ofMillis(5), Duration.ofDays(30), 0),
                LATER,
                Threads.ofPlatform())) {
            IntStream.range(0, 20_000).forEach(second -> writer.append(point("kari", second)));
            writer.start();
            await(() -> !writer.stats().isWritable());
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(0, 0, 20_000, false));
            broken.set(false);
            await(() -> writer.stats().queueLength() == 0);
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(20_000, 0, 0, true));
        }
    }

    @Test
    void appendingDoesNotWaitForAHangingDisk() {
        var hangs = new CountDownLatch(1);
        try (var writer = writer(
                () -> {
                    await(hangs);
                    return table();
                },
                () -> 0,
                TEN_MAY_WAIT,
                LATER,
                Threads.ofPlatform())) {
            writer.start();
            IntStream.range(0, 1_000).forEach(second -> writer.append(point("kari", second)));
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(0, 990, 0, 10, true, true));
            hangs.countDown();
        }
    }

    @Test
    void theLastDiskSpaceIsReservedForOrders() {
        var free = new AtomicLong(999);
        var limits = new TrackLimits(10, 4, Duration.ofMillis(5), Duration.ofDays(30), 1_000);
        try (var writer = writer(this::table, free::get, limits, LATER, Threads.ofPlatform())) {
            writer.start();
            IntStream.range(0, 15).forEach(second -> writer.append(point("kari", second)));
            await(() -> !writer.stats().isWritable());
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(0, 5, 0, 10, true, false));
            free.set(1_000);
            await(() -> writer.stats().queueLength() == 0);
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(10, 5, 0, true));
        }
    }

    @Test
    void aDriverHasALimitedShareOfTheQueue() {
        var limits = new TrackLimits(100, 100, 10, 4, Duration.ofMillis(5), Duration.ofDays(30), 0);
        try (var writer = writer(this::table, () -> 0, limits, LATER, Threads.ofPlatform())) {
            IntStream.range(0, 1_000).forEach(second -> writer.append(point("kari", second)));
            writer.append(point("ola", 1));
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(0, 990, 11, true));
            writer.start();
            await(() -> writer.stats().queueLength() == 0);
            IntStream.range(1_000, 1_010).forEach(second -> writer.append(point("kari", second)));
            await(() -> writer.stats().queueLength() == 0);
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(21, 990, 0, true));
        }
    }

    @Test
    void whileManyPointsWaitThoseOfADriverAreThinned() {
        var limits = new TrackLimits(100, 10, 100, 4, Duration.ofMillis(5), Duration.ofDays(30), 0);
        try (var writer = writer(this::table, () -> 0, limits, LATER, Threads.ofPlatform())) {
            IntStream.range(0, 20).forEach(second -> writer.append(point("kari", second))); // 0..9, 14, 19
            writer.append(point("ola", 1));
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(0, 0, 8, 13, true, true));
            writer.start();
            await(() -> writer.stats().queueLength() == 0);
            assertThat(writer.stats()).isEqualTo(new TrackLogStats(13, 0, 8, 0, false, true));
            writer.append(point("kari", 20));
            await(() -> writer.stats().persisted() == 14);
        }
    }

    @Test
    void aFullDiskIsPurgedBeforeWriting() {
        var limits = new TrackLimits(10, 4, Duration.ofMillis(5), Duration.ofDays(1), 1_000);
        var free = new AtomicLong(1_000);
        try (var writer = writer(this::table, free::get, limits, LATER, Threads.ofPlatform())) {
            writer.start();
            writer.append(point("kari", 1));
            await(() -> writer.stats().persisted() == 1);
            free.set(500);
            writer.append(point("kari", 2 * 24 * 60 * 60));
            await(() -> !writer.stats().isWritable() && count() == 0);
        }
    }

    @Test
    void aPointFromTheFutureMakesNothingOlder() {
        var limits = new TrackLimits(10, 4, Duration.ofMillis(5), Duration.ofDays(1), 0);
        var day = 24 * 60 * 60;
        var now = new AtomicLong(point("kari", 10).fix().receivedAtMs());
        try (var writer =
                writer(this::table, () -> 0, limits, () -> Instant.ofEpochMilli(now.get()), Threads.ofPlatform())) {
            writer.start();
            writer.append(point("kari", 1));
            writer.append(point("kari", 365 * day));
            await(() -> writer.stats().persisted() == 2);
            writer.append(point("kari", 10)); // with a round that has looked for what is too old
            await(() -> writer.stats().persisted() == 3);
            assertThat(count()).isEqualTo(3);
            now.addAndGet(Duration.ofDays(2).toMillis());
            writer.append(point("kari", 2 * day));
            await(() -> count() == 2);
        }
    }

    private int count() {
        try (var connection = file.openReader();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM fix")) {
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingWritesTheQueue() {
        var writer = writer(
                this::table,
                () -> 0,
                new TrackLimits(1_000, 7, Duration.ofDays(1), Duration.ofDays(30), 0),
                LATER,
                Threads.ofPlatform());
        writer.start();
        IntStream.range(0, 100).forEach(second -> writer.append(point("kari", second)));
        writer.close();
        writer.append(point("kari", 100));
        assertThat(writer.stats()).isEqualTo(new TrackLogStats(100, 1, 0, false));
        assertThat(count()).isEqualTo(100);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
