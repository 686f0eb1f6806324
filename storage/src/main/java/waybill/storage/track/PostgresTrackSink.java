package waybill.storage.track;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresFailures;
import waybill.storage.sql.EnumCodes;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.TrackSink;

/// Writes points to the database of all nodes, each batch with one statement, on a connection of its own, which is
/// opened anew after a failure. Belongs to the thread that writes tracks.
///
/// A commit does not wait for the server's disk: a power cut there may lose the last second.
final class PostgresTrackSink implements TrackSink {

    static final String NAME = "postgresql";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresTrackSink.class);

    private static final String INSERT = """
            INSERT INTO tracks.point
            (driver, recorded_at, received_at, latitude, longitude, heading, speed, accuracy, verdict)
            SELECT * FROM unnest(?::TEXT[], ?::BIGINT[], ?::BIGINT[], ?::FLOAT8[], ?::FLOAT8[], ?::FLOAT8[], ?::FLOAT8[],
                ?::FLOAT8[], ?::INTEGER[])
            ON CONFLICT (driver, recorded_at) DO NOTHING
            """;

    private final PostgresDatabase database;
    private @Nullable Connection connectionOrNone;

    PostgresTrackSink(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int write(List<ClassifiedFix> points) throws FailedException {
        var storable = points.stream()
                .filter(point -> point.fix().driver().indexOf('\0') < 0) // PostgreSQL stores no such text
                .toList();
        try {
            var connection = open();
            try (var insert = connection.prepareStatement(INSERT)) {
                setArrays(connection, insert, storable);
                var added = insert.executeUpdate();
                connection.commit();
                return added;
            }
        } catch (SQLException e) {
            close();
            throw new FailedException(
                    PostgresFailures.POSTGRES.describe(e), PostgresFailures.POSTGRES.isTransient(e), e);
        }
    }

    private static void setArrays(Connection connection, PreparedStatement insert, List<ClassifiedFix> points)
            throws SQLException {
        var columns = new Columns(connection, insert, points);
        columns.set(1, "text", point -> point.fix().driver());
        columns.set(2, "int8", point -> point.fix().recordedAtMs());
        columns.set(3, "int8", point -> point.fix().receivedAtMs());
        columns.set(4, "float8", point -> point.fix().position().latitude());
        columns.set(5, "float8", point -> point.fix().position().longitude());
        columns.set(6, "float8", point -> valueOrNone(point.fix().heading()));
        columns.set(7, "float8", point -> valueOrNone(point.fix().speed()));
        columns.set(8, "float8", point -> valueOrNone(point.fix().accuracy()));
        columns.set(9, "int4", point -> EnumCodes.encode(point.status()));
    }

    private static @Nullable Double valueOrNone(double value) {
        return Fix.isKnown(value) ? value : null;
    }

    /// The parameters of the statement: one array a column.
    private record Columns(Connection connection, PreparedStatement insert, List<ClassifiedFix> points) {

        void set(int parameter, String type, Function<ClassifiedFix, @Nullable Object> value) throws SQLException {
            var values = new @Nullable Object[points.size()];
            for (var i = 0; i < values.length; i++) {
                values[i] = value.apply(points.get(i));
            }
            insert.setArray(parameter, connection.createArrayOf(type, values));
        }
    }

    /// Days are dropped for all nodes, see [PostgresTrackLog#maintain].
    @Override
    public boolean purge(long beforeMs) {
        return false;
    }

    private Connection open() throws SQLException {
        var open = connectionOrNone;
        if (open == null) {
            open = database.openTrackWriter();
            connectionOrNone = open;
        }
        return open;
    }

    @Override
    public void close() {
        var open = connectionOrNone;
        connectionOrNone = null;
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
