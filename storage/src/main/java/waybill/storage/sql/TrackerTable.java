package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import waybill.directory.Tracker;

/// The trackers of drivers, on the writing connection. Belongs to the journal's thread.
public final class TrackerTable {

    public static final String SELECT =
            "SELECT id, driver, name, key_hash, created_at, faults, fault_at, fault_message FROM tracker ";

    private final PreparedStatement count;
    private final PreparedStatement add;
    private final PreparedStatement find;
    private final PreparedStatement delete;
    private final PreparedStatement recordFault;

    public TrackerTable(Statements statements) throws SQLException {
        count = statements.prepare("SELECT count(*) FROM tracker WHERE driver = ?");
        add = statements.prepare("INSERT INTO tracker (id, driver, name, key_hash, created_at) VALUES (?, ?, ?, ?, ?)");
        find = statements.prepare(SELECT + "WHERE driver = ? AND id = ?");
        delete = statements.prepare("DELETE FROM tracker WHERE key_hash = ?");
        recordFault = statements.prepare(
                "UPDATE tracker SET faults = faults + 1, fault_at = ?, fault_message = ? WHERE id = ?");
    }

    public boolean save(Tracker tracker, int perDriverMax) throws SQLException {
        var own = DirectoryRows.findByName(count, tracker.driver(), row -> row.getInt(1));
        if (own.orElse(0) >= perDriverMax) {
            return false;
        }
        add.setString(1, tracker.id());
        add.setString(2, tracker.driver());
        add.setString(3, tracker.name());
        add.setString(4, tracker.keyHash());
        add.setLong(5, tracker.createdAt().toEpochMilli());
        return add.executeUpdate() == 1;
    }

    public Optional<Tracker> delete(String driver, String id) throws SQLException {
        find.setString(2, id);
        var tracker = DirectoryRows.findByName(find, driver, TrackerTable::tracker);
        if (tracker.isPresent()) {
            delete.setString(1, tracker.get().keyHash());
            delete.executeUpdate();
        }
        return tracker;
    }

    public int recordFault(String id, String message, Instant at) throws SQLException {
        recordFault.setLong(1, at.toEpochMilli());
        recordFault.setString(2, message);
        recordFault.setString(3, id);
        return recordFault.executeUpdate();
    }

    public static Tracker tracker(ResultSet row) throws SQLException {
        var faults = row.getLong(6);
        return new Tracker(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                faults == 0 ? null : new Tracker.Fault(Instant.ofEpochMilli(row.getLong(7)), row.getString(8), faults));
    }
}
