package waybill.storage.track;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import waybill.geo.Position;
import waybill.storage.sql.DirectoryRows;
import waybill.storage.sql.EnumCodes;
import waybill.storage.sql.InternedNames;
import waybill.storage.sql.Statements;
import waybill.storage.sqlite.SqliteDialect;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.LiveFixPage;

/// The points of all drivers: written, purged and read. A table that writes belongs to its thread.
public final class TrackTable implements AutoCloseable {

    /// What [#point] reads, in its order.
    static final String COLUMNS = """
            d.name, f.recorded_at, f.received_at, f.latitude, f.longitude, f.heading, f.speed, f.accuracy, f.verdict
            """;

    static final String SELECT = "SELECT " + COLUMNS + "FROM fix f JOIN driver d ON d.id = f.driver\n";

    /// Pages that are returned to the file system in one step.
    static final int VACUUMED_PAGES_MAX = 1_000;

    /// Drivers that one step searches for points that are too old.
    public static final int DRIVERS_PER_STEP = 32;

    /// Points that are deleted in one step, and at most so many of one driver.
    public static final int PURGED_MAX = 4_096;

    private final Connection connection;
    private final Statements statements;
    private final InternedNames drivers;
    private final PreparedStatement add;
    private final PreparedStatement nextDrivers;
    private final PreparedStatement trim;

    private long trimmedUpTo;

    /// Owns the connection from now on.
    TrackTable(Connection connection) throws SQLException {
        this.connection = connection;
        statements = new Statements(connection, SqliteDialect.SQLITE);
        drivers = InternedNames.forDrivers(statements);
        add = statements.prepare("""
                INSERT INTO fix (driver, recorded_at, received_at, latitude, longitude, heading, speed, accuracy, verdict)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (driver, recorded_at) DO NOTHING
                """);
        nextDrivers = statements.prepare("SELECT id FROM driver WHERE id > ? ORDER BY id LIMIT " + DRIVERS_PER_STEP);
        trim = statements.prepare("DELETE FROM fix WHERE driver = ?1 AND recorded_at IN (SELECT recorded_at FROM fix"
                + " WHERE driver = ?1 AND recorded_at < ?2 ORDER BY recorded_at LIMIT " + PURGED_MAX + ")");
    }

    /// False if the point is stored already.
    boolean add(ClassifiedFix point) throws SQLException {
        var fix = point.fix();
        add.setLong(1, drivers.findOrCreateId(fix.driver()));
        add.setLong(2, fix.recordedAtMs());
        add.setLong(3, fix.receivedAtMs());
        add.setDouble(4, fix.position().latitude());
        add.setDouble(5, fix.position().longitude());
        add.setDouble(6, fix.heading()); // what is not a number becomes null
        add.setDouble(7, fix.speed());
        add.setDouble(8, fix.accuracy());
        add.setInt(9, EnumCodes.encode(point.status()));
        return add.executeUpdate() == 1;
    }

    /// Deletes some of the points recorded before then, driver by driver. False when the last driver is reached;
    /// the next step then begins with the first one.
    boolean purge(long beforeMs) throws SQLException {
        var trimmed = 0;
        for (var driver : driversAfter(trimmedUpTo)) {
            trim.setLong(1, driver);
            trim.setLong(2, beforeMs);
            var ofDriver = trim.executeUpdate();
            trimmed += ofDriver;
            if (ofDriver == PURGED_MAX) {
                return true; // there may be more of this one
            }
            trimmedUpTo = driver;
            if (trimmed >= PURGED_MAX) {
                return true;
            }
        }
        if (driversAfter(trimmedUpTo).isEmpty()) {
            trimmedUpTo = 0;
            return false;
        }
        return true;
    }

    /// Returns pages of deleted points to the file system, some at a time. A file that was not created for it keeps
    /// them.
    void shrink() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(" + VACUUMED_PAGES_MAX + ")");
        }
    }

    private List<Long> driversAfter(long id) throws SQLException {
        nextDrivers.setLong(1, id);
        return DirectoryRows.list(nextDrivers, row -> row.getLong(1));
    }

    void commit() throws SQLException {
        statements.commit();
    }

    void rollback() throws SQLException {
        drivers.clearCache();
        statements.rollback();
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }

    /// The parameters of a query for a page of live fixes: the time from which it reads, that before which, the time
    /// and
    /// the driver after which, and the drivers.
    static void setPage(PreparedStatement query, LiveFixPage page) throws SQLException {
        var from = page.after().map(Fix::recordedAtMs).orElse(page.fromMs());
        query.setLong(1, from);
        query.setLong(2, page.untilMs());
        query.setLong(3, from);
        query.setString(4, page.after().map(Fix::driver).orElse(""));
        var parameter = 5;
        for (var driver : page.drivers()) {
            query.setString(parameter++, driver);
        }
    }

    static List<ClassifiedFix> points(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            var points = new ArrayList<ClassifiedFix>();
            var driver = "";
            while (rows.next()) {
                var name = rows.getString(1);
                driver = name.equals(driver) ? driver : name; // one text for all of a driver's points
                points.add(point(driver, rows));
            }
            return points;
        }
    }

    private static ClassifiedFix point(String driver, ResultSet row) throws SQLException {
        var fix = new Fix(
                driver,
                new Position(row.getDouble(4), row.getDouble(5)),
                optionalDouble(row, 6),
                optionalDouble(row, 7),
                optionalDouble(row, 8),
                row.getLong(2),
                row.getLong(3));
        return new ClassifiedFix(fix, EnumCodes.decodeFixStatus(row.getInt(9)));
    }

    private static double optionalDouble(ResultSet row, int column) throws SQLException {
        var value = row.getDouble(column);
        return row.wasNull() ? Fix.UNKNOWN : value;
    }
}
