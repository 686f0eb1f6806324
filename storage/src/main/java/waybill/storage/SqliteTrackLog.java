package waybill.storage;

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
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.SynchronousMode;
import waybill.order.Unavailable;
import waybill.tracking.Fix;
import waybill.tracking.Judged;
import waybill.tracking.TrackLog;
import waybill.tracking.Verdict;

/// The history of where drivers were, in a file of its own with a writer of its own, so that no flood of
/// positions makes an order wait.
///
/// With `synchronous=NORMAL` a commit waits for no disk. A power cut may take the last seconds with it, which is what a
/// tunnel does too; the end of the process takes nothing.
final class SqliteTrackLog implements TrackLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteTrackLog.class);

    /// A file that is larger is not written anew at the start, for that takes as much room again, and time.
    private static final long REWRITTEN_MAX_BYTES = 256L << 20;

    private static final int CACHE_KIB = 4 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String BETWEEN =
            TrackTable.SELECT + "WHERE d.name = ? AND f.recorded_at BETWEEN ? AND ? ORDER BY f.recorded_at LIMIT ?";

    private static final String NEWEST = TrackTable.SELECT
            + "WHERE f.recorded_at = (SELECT max(recorded_at) FROM fix WHERE driver = d.id AND recorded_at >= ?"
            + " AND verdict = " + Codes.of(Verdict.ACCEPTED) + ") ORDER BY f.recorded_at DESC, d.name LIMIT ?";

    private final SqliteFile file;
    private final AtomicBoolean migrated = new AtomicBoolean();
    private final TrackWriter writer;

    private SqliteTrackLog(SqliteFile file, Path directory, TrackLimits limits, InstantSource trusted) {
        this.file = file;
        writer = new TrackWriter(this::open, () -> room(directory, limits.leftFreeBytes()), limits, trusted);
    }

    static SqliteFile file(Path directory) {
        return new SqliteFile(
                directory.resolve("tracks.db"), "waybill/storage/tracks", SynchronousMode.NORMAL, CACHE_KIB);
    }

    /// Opens the file in `directory`. One that cannot be opened keeps nobody from anything: it is tried again
    /// when there is something to write.
    ///
    /// @param trusted the time that the age of points is measured against
    static SqliteTrackLog open(Path directory, TrackLimits limits, InstantSource trusted) {
        var log = new SqliteTrackLog(file(directory), directory, limits, trusted);
        try {
            log.migrate();
        } catch (FlywayException e) {
            LOG.error("where drivers were cannot be read", e);
        }
        log.writer.start();
        return log;
    }

    /// What is in the write-ahead log does not count as free, for it takes its room once more when it is carried
    /// over. When that makes the difference it is carried over at once, unless that would take much of what is
    /// left to orders.
    private long room(Path directory, long leftFreeBytes) throws IOException, SQLException {
        var free = Files.getFileStore(directory).getUsableSpace() - bytes(file.wal());
        var isTight = leftFreeBytes > free;
        if (isTight && free >= leftFreeBytes / 2 && bytes(file.wal()) > 0) {
            file.truncateWal();
            return Files.getFileStore(directory).getUsableSpace() - bytes(file.wal());
        }
        return free;
    }

    private static long bytes(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private TrackTable open() throws SQLException {
        migrate();
        return new TrackTable(file.writer());
    }

    private void migrate() {
        if (!migrated.get()) {
            prepareToShrink();
            file.migrate();
            migrated.set(true);
        }
    }

    /// Has SQLite note which pages move where, so that a file in which points are deleted can give its room back. A
    /// file
    /// that was made without that is written anew once, if it is not large.
    private void prepareToShrink() {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + file.path().toAbsolutePath());
                var statement = connection.createStatement()) {
            if (isWithoutAutoVacuum(statement) && bytes() <= REWRITTEN_MAX_BYTES) {
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

    private long bytes() throws IOException {
        return Files.exists(file.path()) ? Files.size(file.path()) : 0;
    }

    @Override
    public void keep(Judged point) {
        writer.keep(point);
    }

    @Override
    public void settle() {
        writer.settle();
    }

    @Override
    public List<Judged> between(String driver, long fromMs, long untilMs, int max) {
        return read(BETWEEN, query -> {
            query.setString(1, driver);
            query.setLong(2, fromMs);
            query.setLong(3, untilMs);
            query.setInt(4, max);
        });
    }

    @Override
    public List<Fix> newest(long sinceMs, int max) {
        writer.settle();
        var newestFirst = read(NEWEST, query -> {
            query.setLong(1, sinceMs);
            query.setInt(2, max);
        });
        return newestFirst.reversed().stream().map(Judged::fix).toList();
    }

    @Override
    public Figures figures() {
        return writer.figures();
    }

    @Override
    public void close() {
        writer.close();
    }

    private interface Parameters {
        void into(PreparedStatement query) throws SQLException;
    }

    /// Ways are asked for seldom, so no connection waits for that.
    private List<Judged> read(String sql, Parameters parameters) {
        try (var connection = file.reader();
                var query = connection.prepareStatement(sql)) {
            parameters.into(query);
            return TrackTable.points(query);
        } catch (SQLException e) {
            throw new Unavailable("where drivers were cannot be read: " + StorageException.words(e), RETRY_AFTER);
        }
    }
}
