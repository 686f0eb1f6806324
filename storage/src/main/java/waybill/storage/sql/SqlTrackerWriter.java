package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import waybill.directory.Tracker;
import waybill.directory.TrackerWriter;

/// The trackers of drivers, on the writing connection. Belongs to the journal's thread.
class SqlTrackerWriter implements TrackerWriter {

    private final TrackerTable trackers;

    SqlTrackerWriter(Statements statements) throws SQLException {
        trackers = new TrackerTable(statements);
    }

    @Override
    public boolean save(Tracker tracker, int perDriverMax) {
        return translateErrors(() -> trackers.save(tracker, perDriverMax));
    }

    @Override
    public Optional<Tracker> deleteTracker(String driver, String id) {
        return translateErrors(() -> trackers.delete(driver, id));
    }

    @Override
    public void recordTrackerFault(String id, String message, Instant at) {
        translateErrors(() -> trackers.recordFault(id, message, at));
    }
}
