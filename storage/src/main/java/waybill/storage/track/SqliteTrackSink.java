package waybill.storage.track;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.storage.sqlite.SqliteFailures;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.TrackSink;

/// Writes points to a file of SQLite, as long as the disk has space beside what is reserved for orders. The table is
/// opened anew after it was closed by a failure. Belongs to the thread that writes tracks.
final class SqliteTrackSink implements TrackSink {

    static final String NAME = "sqlite";

    private static final Logger LOG = LoggerFactory.getLogger(SqliteTrackSink.class);

    /// Opens the table; called again after the disk has failed.
    interface TableSource {
        TrackTable open() throws SQLException;
    }

    /// The free space on the disk, in bytes.
    interface FreeSpace {
        long freeBytes() throws IOException, SQLException;
    }

    private final TableSource source;
    private final FreeSpace disk;
    private final long freeBytesMin;
    private @Nullable TrackTable tableOrNone;

    SqliteTrackSink(TableSource source, FreeSpace disk, long freeBytesMin) {
        this.source = source;
        this.disk = disk;
        this.freeBytesMin = freeBytesMin;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// A write that the disk has no space for leaves the connection open: closing it would checkpoint its log, which
    /// takes space too.
    @Override
    public int write(List<ClassifiedFix> points) throws FailedException {
        try {
            var free = disk.freeBytes();
            if (free < freeBytesMin) {
                throw new FailedException("free bytes on the disk: " + free + " (expected: at least " + freeBytesMin
                        + ", which are reserved for orders)");
            }
            var table = open();
            var added = 0;
            for (var point : points) {
                added += table.add(point) ? 1 : 0;
            }
            table.commit();
            return added;
        } catch (SQLException | IOException | FlywayException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean purge(long beforeMs) throws FailedException {
        try {
            if (disk.freeBytes() < freeBytesMin / 2) {
                return true; // deleting writes to the write-ahead log too; the other half stays reserved for orders
            }
            var table = open();
            var isMore = table.purge(beforeMs);
            table.shrink();
            table.commit();
            return isMore;
        } catch (SQLException | IOException | FlywayException e) {
            throw failure(e);
        }
    }

    private TrackTable open() throws SQLException {
        var open = tableOrNone;
        if (open == null) {
            open = source.open();
            tableOrNone = open;
        }
        return open;
    }

    private FailedException failure(Exception cause) {
        close();
        var isTransient = !(cause instanceof SQLException) || SqliteFailures.SQLITE.isTransient(cause);
        return new FailedException(SqliteFailures.SQLITE.describe(cause), isTransient, cause);
    }

    @Override
    public void close() {
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
