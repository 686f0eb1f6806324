package waybill.storage.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.SynchronousMode;
import waybill.concurrent.Threads;
import waybill.journal.UnavailableException;
import waybill.storage.sql.Disk;
import waybill.storage.sql.EnumCodes;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteFile;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

/// The positions that drivers reported, in a file of its own with a writer of its own, so that no flood of
/// positions delays an order.
///
/// With `synchronous=NORMAL` a commit waits for no disk. A power cut may lose the last seconds; the end of the
/// process loses nothing.
public final class SqliteTrackLog implements TrackLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteTrackLog.class);

    /// A larger file is not rewritten at the start, because that takes as much space again, and time.
    private static final long REWRITE_MAX_BYTES = 256L << 20;

    private static final int CACHE_KIB = 4 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String BETWEEN =
            TrackTable.SELECT + "WHERE d.name = ? AND f.recorded_at BETWEEN ? AND ? ORDER BY f.recorded_at LIMIT ?";

    private static final String NEWEST = TrackTable.SELECT
            + "WHERE f.recorded_at = (SELECT max(recorded_at) FROM fix WHERE driver = d.id AND recorded_at >= ?"
            + " AND verdict = " + EnumCodes.encode(FixStatus.ACCEPTED)
            + ") ORDER BY f.recorded_at DESC, d.name LIMIT ?";

    /// Each driver's fixes are found by the time at which they were recorded: there is no other index.
    private static final String LIVE =
            "SELECT " + TrackTable.COLUMNS + """
            FROM driver d CROSS JOIN fix f ON f.driver = d.id
            WHERE f.recorded_at >= ? AND f.recorded_at < ? AND (f.recorded_at, d.name) > (?, ?) AND f.verdict = %d
            AND f.received_at - f.recorded_at <= %d""".formatted(EnumCodes.encode(FixStatus.ACCEPTED), Fix.LIVE_AGE_MAX_MS);

    private final SqliteFile file;
    private final AtomicBoolean migrated = new AtomicBoolean();
    private final TrackWriter writer;

    private SqliteTrackLog(
            SqliteFile file, Path directory, TrackLimits limits, InstantSource trusted, Threads threads) {
        this.file = file;
        writer = new TrackWriter(
                new SqliteTrackSink(
                        this::open, () -> freeBytes(directory, limits.freeBytesMin()), limits.freeBytesMin()),
                limits,
                trusted,
                threads);
    }

    public static SqliteFile file(Path directory) {
        return new SqliteFile(
                directory.resolve("tracks.db"), "waybill/storage/tracks", SynchronousMode.NORMAL, CACHE_KIB);
    }

    /// Opens the file in `directory`. If that fails, the hub starts without it, and tries again when a point is to
    /// be written.
    ///
    /// @param trusted the time that the age of points is measured against
    public static SqliteTrackLog open(
            Path directory, TrackLimits limits, InstantSource trusted, Threads threads, Disk disk) {
        var log = new SqliteTrackLog(file(directory).on(disk), directory, limits, trusted, threads);
        try {
            log.migrate();
        } catch (FlywayException e) {
            LOG.error("where drivers were cannot be read", e);
        }
        log.writer.start();
        return log;
    }

    /// The size of the write-ahead log does not count as free, because a checkpoint takes that space once more.
    /// When that makes the difference, there is a checkpoint at once, unless it would take much of the space that
    /// is reserved for orders.
    private long freeBytes(Path directory, long leftFreeBytes) throws IOException, SQLException {
        var free = Files.getFileStore(directory).getUsableSpace() - sizeBytes(file.walPath());
        var isTight = leftFreeBytes > free;
        if (isTight && free >= leftFreeBytes / 2 && sizeBytes(file.walPath()) > 0) {
            file.truncateWal();
            return Files.getFileStore(directory).getUsableSpace() - sizeBytes(file.walPath());
        }
        return free;
    }

    private static long sizeBytes(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private TrackTable open() throws SQLException {
        migrate();
        return new TrackTable(file.openWriter());
    }

    private void migrate() {
        if (!migrated.get()) {
            file.migrate(this::enableIncrementalVacuum);
            migrated.set(true);
        }
    }

    /// Turns on `auto_vacuum`, so that a file in which points are deleted can shrink. A file that was created
    /// without it is rewritten once, if it is not large.
    private void enableIncrementalVacuum() {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + file.path().toAbsolutePath());
                var statement = connection.createStatement()) {
            if (isWithoutAutoVacuum(statement) && sizeBytes() <= REWRITE_MAX_BYTES) {
                statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
                statement.execute("VACUUM");
            }
        } catch (SQLException | IOException e) {
            LOG.warn("{} keeps its size when points are deleted: {}", file.path(), e.getMessage());
        }
    }

    private static boolean isWithoutAutoVacuum(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("PRAGMA auto_vacuum")) {
            return row.getInt(1) == 0;
        }
    }

    private long sizeBytes() throws IOException {
        return Files.exists(file.path()) ? Files.size(file.path()) : 0;
    }

    @Override
    public void append(ClassifiedFix point) {
        writer.append(point);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max) {
        return query(BETWEEN, query -> {
            query.setString(1, driver);
            query.setLong(2, fromMs);
            query.setLong(3, untilMs);
            query.setInt(4, max);
        });
    }

    @Override
    public List<Fix> listNewest(long sinceMs, int max) {
        writer.flush();
        var newestFirst = query(NEWEST, query -> {
            query.setLong(1, sinceMs);
            query.setInt(2, max);
        });
        return newestFirst.reversed().stream().map(ClassifiedFix::fix).toList();
    }

    @Override
    public List<Fix> listLive(LiveFixPage page) {
        var drivers = page.drivers().isEmpty()
                ? ""
                : " AND d.name IN (?" + ", ?".repeat(page.drivers().size() - 1) + ")";
        var found = query(
                LIVE + drivers + " ORDER BY f.recorded_at, d.name LIMIT " + page.max(),
                query -> TrackTable.setPage(query, page));
        return found.stream().map(ClassifiedFix::fix).toList();
    }

    @Override
    public TrackLogStats stats() {
        return writer.stats();
    }

    @Override
    public Map<String, TrackLogStats> statsBySink() {
        return Map.of(SqliteTrackSink.NAME, stats());
    }

    /// This node alone writes to the file, and its writer deletes what is too old.
    @Override
    public void maintain() {}

    @Override
    public void close() {
        writer.close();
    }

    private interface ParameterSetter {
        void set(PreparedStatement query) throws SQLException;
    }

    /// Routes are read rarely, so no connection is held open for it.
    private List<ClassifiedFix> query(String sql, ParameterSetter parameters) {
        try (var connection = file.openReader();
                var query = connection.prepareStatement(sql)) {
            parameters.set(query);
            return TrackTable.points(query);
        } catch (SQLException e) {
            throw new UnavailableException(
                    "recorded positions cannot be read: " + SqliteFailures.SQLITE.describe(e), RETRY_AFTER);
        }
    }
}
