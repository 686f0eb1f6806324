package waybill.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import waybill.geo.Position;
import waybill.tracking.Fix;
import waybill.tracking.Judged;

/// The points of all drivers, as they are written, thrown away and read. One that writes belongs to its thread.
final class TrackTable implements AutoCloseable {

    /// What [#point] reads, in its order.
    static final String SELECT = """
            SELECT d.name, f.recorded_at, f.received_at, f.latitude, f.longitude, f.heading, f.speed, f.accuracy, f.verdict
            FROM fix f JOIN driver d ON d.id = f.driver
            """;

    /// Pages that are given back in one step.
    static final int SHRUNK_MAX = 1_000;

    /// Drivers who are looked at in one step for something that is too old.
    private static final int DRIVERS_PER_STEP = 32;

    /// Points that are thrown away in one step, and no more than these of one driver.
    static final int TRIMMED_MAX = 4_096;

    private final Connection connection;
    private final Statements statements;
    private final Names drivers;
    private final PreparedStatement add;
    private final PreparedStatement nextDrivers;
    private final PreparedStatement trim;

    private long trimmedUpTo;

    /// Has the connection from now on.
    TrackTable(Connection connection) throws SQLException {
        this.connection = connection;
        statements = new Statements(connection);
        drivers = Names.ofDrivers(statements);
        add = statements.prepare("""
                INSERT INTO fix (driver, recorded_at, received_at, latitude, longitude, heading, speed, accuracy, verdict)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (driver, recorded_at) DO NOTHING
                """);
        nextDrivers = statements.prepare("SELECT id FROM driver WHERE id > ? ORDER BY id LIMIT " + DRIVERS_PER_STEP);
        trim = statements.prepare("DELETE FROM fix WHERE driver = ?1 AND recorded_at IN (SELECT recorded_at FROM fix"
                + " WHERE driver = ?1 AND recorded_at < ?2 ORDER BY recorded_at LIMIT " + TRIMMED_MAX + ")");
    }

    /// False when it is there already.
    boolean add(Judged point) throws SQLException {
        var fix = point.fix();
        add.setLong(1, drivers.numberOrNew(fix.driver()));
        add.setLong(2, fix.recordedAtMs());
        add.setLong(3, fix.receivedAtMs());
        add.setDouble(4, fix.position().latitude());
        add.setDouble(5, fix.position().longitude());
        add.setDouble(6, fix.heading()); // what is not a number becomes null
        add.setDouble(7, fix.speed());
        add.setDouble(8, fix.accuracy());
        add.setInt(9, Codes.of(point.verdict()));
        return add.executeUpdate() == 1;
    }

    /// Throws away some of what was recorded before then, driver by driver. False when every driver was looked at; the
    /// next step then begins anew.
    boolean trim(long beforeMs) throws SQLException {
        var trimmed = 0;
        for (var driver : driversAfter(trimmedUpTo)) {
            trim.setLong(1, driver);
            trim.setLong(2, beforeMs);
            var ofDriver = trim.executeUpdate();
            trimmed += ofDriver;
            if (ofDriver == TRIMMED_MAX) {
                return true; // there may be more of this one
            }
            trimmedUpTo = driver;
            if (trimmed >= TRIMMED_MAX) {
                return true;
            }
        }
        if (driversAfter(trimmedUpTo).isEmpty()) {
            trimmedUpTo = 0;
            return false;
        }
        return true;
    }

    /// Gives some of the room back that deleted points have left in the file, page by page. Needs a file that was made
    /// for
    /// it; of another it does nothing.
    void shrink() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(" + SHRUNK_MAX + ")");
        }
    }

    private List<Long> driversAfter(long id) throws SQLException {
        nextDrivers.setLong(1, id);
        return DirectoryRows.all(nextDrivers, row -> row.getLong(1));
    }

    void commit() throws SQLException {
        statements.commit();
    }

    void rollback() throws SQLException {
        drivers.forget();
        statements.rollback();
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }

    static List<Judged> points(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            var points = new ArrayList<Judged>();
            var driver = "";
            while (rows.next()) {
                var name = rows.getString(1);
                driver = name.equals(driver) ? driver : name; // one text for all of a driver's points
                points.add(point(driver, rows));
            }
            return points;
        }
    }

    private static Judged point(String driver, ResultSet row) throws SQLException {
        var fix = new Fix(
                driver,
                new Position(row.getDouble(4), row.getDouble(5)),
                said(row, 6),
                said(row, 7),
                said(row, 8),
                row.getLong(2),
                row.getLong(3));
        return new Judged(fix, Codes.verdict(row.getInt(9)));
    }

    private static double said(ResultSet row, int column) throws SQLException {
        var value = row.getDouble(column);
        return row.wasNull() ? Fix.NOT_SAID : value;
    }
}
