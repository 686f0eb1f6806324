package waybill.storage.track;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The table of tracks, which is opened anew after it was closed by a failure. Belongs to the thread that writes
/// tracks.
final class ReopeningTrackTable {

    private static final Logger LOG = LoggerFactory.getLogger(ReopeningTrackTable.class);

    private final TrackWriter.TableSource source;
    private @Nullable TrackTable tableOrNone;

    ReopeningTrackTable(TrackWriter.TableSource source) {
        this.source = source;
    }

    TrackTable open() throws SQLException {
        var open = tableOrNone;
        if (open == null) {
            open = source.open();
            tableOrNone = open;
        }
        return open;
    }

    void close() {
        var open = tableOrNone;
        tableOrNone = null;
        if (open == null) {
            return;
        }
        try (open) {
            open.rollback();
        } catch (SQLException e) {
            LOG.debug("the connection to the tracks was closed with an error", e);
        }
    }
}
