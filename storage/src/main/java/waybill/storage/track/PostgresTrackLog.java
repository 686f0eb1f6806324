package waybill.storage.track;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import waybill.concurrent.Threads;
import waybill.journal.UnavailableException;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresFailures;
import waybill.storage.sql.EnumCodes;
import waybill.storage.sql.ReadConnections;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;
import waybill.tracking.LiveFixPage;
import waybill.tracking.TrackLog;

/// The positions that drivers reported to any node, in the database of the orders, in a partition for each day: a node
/// reads what the others have written. Each node writes on a connection and a thread of its own, so that no flood of
/// positions delays an order of this node; they share the server's disk.
public final class PostgresTrackLog implements TrackLog, AutoCloseable {

    /// Days for which there is room when no node has prepared more.
    static final int DAYS_AHEAD = 3;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String SELECT =
            "SELECT driver, recorded_at, received_at, latitude, longitude, heading, speed, accuracy, verdict";

    private static final String BETWEEN =
            SELECT + " FROM tracks.point WHERE driver = ? AND recorded_at BETWEEN ? AND ? ORDER BY recorded_at LIMIT ?";

    private static final String NEWEST = SELECT + " FROM (SELECT DISTINCT ON (driver) * FROM tracks.point"
            + " WHERE recorded_at >= ? AND verdict = " + EnumCodes.encode(FixStatus.ACCEPTED)
            + " ORDER BY driver, recorded_at DESC) newest ORDER BY recorded_at DESC, driver LIMIT ?";

    private static final String LIVE = SELECT + " FROM tracks.point WHERE recorded_at >= ? AND recorded_at < ?"
            + " AND (recorded_at, driver COLLATE \"C\") > (?, ?) AND verdict = " + EnumCodes.encode(FixStatus.ACCEPTED)
            + " AND received_at - recorded_at <= " + Fix.LIVE_AGE_MAX_MS;

    private final PostgresDatabase database;
    private final ReadConnections connections;
    private final TrackLimits limits;
    private final InstantSource trusted;
    private final TrackWriter writer;

    private PostgresTrackLog(
            PostgresDatabase database,
            ReadConnections connections,
            TrackLimits limits,
            InstantSource trusted,
            Threads threads) {
        this.database = database;
        this.connections = connections;
        this.limits = limits;
        this.trusted = trusted;
        writer = new TrackWriter(new PostgresTrackSink(database), limits, trusted, threads);
    }

    /// Starts to write to a database, which its opener closes.
    ///
    /// @param trusted the time that the age of points is measured against
    public static PostgresTrackLog open(
            PostgresDatabase database,
            ReadConnections connections,
            TrackLimits limits,
            InstantSource trusted,
            Threads threads) {
        var log = new PostgresTrackLog(database, connections, limits, trusted, threads);
        log.writer.start();
        return log;
    }

    @Override
    public void append(ClassifiedFix point) {
        writer.append(point);
    }

    /// Other nodes write what they have received at most [TrackLimits#flushInterval] later.
    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public List<ClassifiedFix> listBetween(String driver, long fromMs, long untilMs, int max) {
        return connections.query(BETWEEN, query -> {
            query.setString(1, driver);
            query.setLong(2, fromMs);
            query.setLong(3, untilMs);
            query.setInt(4, max);
            return TrackTable.points(query);
        });
    }

    @Override
    public List<Fix> listNewest(long sinceMs, int max) {
        writer.flush();
        var newestFirst = connections.query(NEWEST, query -> {
            query.setLong(1, sinceMs);
            query.setInt(2, max);
            return TrackTable.points(query);
        });
        return newestFirst.reversed().stream().map(ClassifiedFix::fix).toList();
    }

    @Override
    public List<Fix> listLive(LiveFixPage page) {
        var drivers = page.drivers().isEmpty()
                ? ""
                : " AND driver IN (?" + ", ?".repeat(page.drivers().size() - 1) + ")";
        var found = connections.query(
                LIVE + drivers + " ORDER BY recorded_at, driver COLLATE \"C\" LIMIT " + page.max(), query -> {
                    TrackTable.setPage(query, page);
                    return TrackTable.points(query);
                });
        return found.stream().map(ClassifiedFix::fix).toList();
    }

    @Override
    public TrackLogStats stats() {
        return writer.stats();
    }

    @Override
    public Map<String, TrackLogStats> statsBySink() {
        return Map.of(PostgresTrackSink.NAME, stats());
    }

    @Override
    public void maintain() {
        try (var connection = database.openTrackWriter();
                var maintain = connection.prepareStatement("SELECT tracks.maintain(?, ?, ?)")) {
            var nowMs = trusted.millis();
            maintain.setLong(1, nowMs);
            maintain.setInt(2, DAYS_AHEAD);
            maintain.setLong(3, nowMs - limits.retention().toMillis());
            maintain.execute();
            connection.commit();
        } catch (SQLException e) {
            throw new UnavailableException(
                    "the days of the tracks: " + PostgresFailures.POSTGRES.describe(e), RETRY_AFTER);
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
