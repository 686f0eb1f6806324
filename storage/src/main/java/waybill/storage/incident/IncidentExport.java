package waybill.storage.incident;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;
import waybill.storage.sql.OrderRow;
import waybill.storage.sql.PrivateFiles;
import waybill.storage.sql.RowRedaction;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.track.SqliteTrackLog;
import waybill.tracking.Fix;

/// Writes an incident file of what a data directory has, whether a hub runs on it or not: whole orders, with all their
/// events, the events of the time that are about no order, and the positions of the drivers.
public final class IncidentExport {

    /// How far before the start the state of an order is looked for, as a replay does.
    private static final long LOOKBACK_MS = 24 * 60 * 60 * 1_000L;

    private static final long HOUR_MS = 60 * 60 * 1_000L;

    /// The last event before a time, as a replay finds it.
    private static final String BEFORE = """
            SELECT coalesce((SELECT min(position) FROM event WHERE received_at >= ?1 AND received_at < ?2),
            (SELECT position FROM event WHERE received_at >= ?1 ORDER BY received_at, position LIMIT 1),
            (SELECT coalesce(max(position), 0) + 1 FROM event)) - 1""";

    /// The orders with an event of the time, or of the day before: some of those were active at its start.
    private static final String ORDERS_OF_TIME = """
            SELECT order_row FROM event WHERE position > ?2 AND position <= ?3 AND order_row IS NOT NULL
            UNION SELECT order_row FROM event WHERE position > ?1 AND position <= ?2 AND order_row IS NOT NULL
            ORDER BY order_row""";

    private static final String EVENTS_OF_NONE =
            "SELECT * FROM event WHERE position > ? AND position <= ? AND order_row IS NULL ORDER BY position";

    private final Connection database;
    private final IncidentSelection selection;
    private final IncidentWriter out;
    private final RowRedaction redaction = new RowRedaction();
    private final TreeSet<Long> orders = new TreeSet<>();
    private final TreeSet<Object> stores = new TreeSet<>();
    private final TreeSet<String> drivers = new TreeSet<>();

    private IncidentExport(Connection database, IncidentSelection selection, IncidentWriter out) {
        this.database = database;
        this.selection = selection;
        this.out = out;
    }

    /// Writes the file, which must not be there yet. Throws with what stands in the way; then there is none.
    public static Incident create(Path data, IncidentSelection selection, Path target) {
        var file = Database.file(data);
        if (!Files.isRegularFile(file.path())) {
            throw new IllegalStateException("data: " + data.toAbsolutePath().normalize()
                    + " has no waybill.db (expected: the data directory of a hub, named with --data)");
        }
        try (var stream = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            PrivateFiles.restrict(target);
            try (var out = new IncidentWriter(stream);
                    var database = file.openReader();
                    var tracks = openTracks(data)) {
                database.setAutoCommit(false); // one state of all tables
                return new IncidentExport(database, selection, out).write(file.currentSchema(), tracks);
            } catch (RuntimeException | SQLException | IOException e) {
                Files.deleteIfExists(target);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException("file: " + target + " is there already (expected: a new file)", e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "data: " + data + " cannot be read: " + SqliteFailures.SQLITE.describe(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("file: " + target + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Connection openTracks(Path data) throws SQLException {
        var file = SqliteTrackLog.file(data);
        return Files.isRegularFile(file.path()) ? file.openReader() : null;
    }

    private Incident write(String schema, @Nullable Connection tracks) throws SQLException, IOException {
        var order = selection.orderOrNone();
        long fromMs;
        long toMs;
        var start = 0L;
        var end = 0L;
        if (order == null) {
            fromMs = requireTime(selection.fromOrNone()).toEpochMilli();
            toMs = requireTime(selection.toOrNone()).toEpochMilli();
            start = positionBefore(fromMs);
            end = positionBefore(toMs);
            var lookback = positionBefore(fromMs - LOOKBACK_MS);
            forEach(database, ORDERS_OF_TIME, row -> orders.add(number(row.get("order_row"))), lookback, start, end);
        } else {
            orders.add(rowOf(order));
            var times = new TreeSet<Long>();
            forEach(
                    database,
                    "SELECT received_at FROM event WHERE order_row = ?",
                    row -> times.add(number(row.get("received_at"))),
                    orders.first());
            fromMs = times.first();
            toMs = times.last() + 1_000;
        }
        writeEvents(start, end);
        writeOrders();
        writeNames();
        writePositions(tracks, fromMs, toMs);
        var incident = new Incident(
                schema,
                Instant.ofEpochMilli(fromMs),
                Instant.ofEpochMilli(toMs),
                order == null ? null : order.toString(),
                selection.isRedacted(),
                out.rows());
        out.finish(IncidentFile.header(incident));
        return incident;
    }

    private static Instant requireTime(@Nullable Instant time) {
        if (time == null) {
            throw new IllegalArgumentException("time: none (expected: from and to, or an order)");
        }
        return time;
    }

    private long positionBefore(long atMs) throws SQLException {
        try (var query = database.prepareStatement(BEFORE)) {
            query.setLong(1, Math.max(atMs, 1));
            query.setLong(2, Math.max(atMs, 1) + HOUR_MS);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private long rowOf(OrderId order) throws SQLException {
        try (var query = database.prepareStatement("SELECT order_row FROM orders WHERE id = ?")) {
            query.setBytes(1, OrderRow.bytes(order));
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    return row.getLong(1);
                }
            }
        }
        throw new IllegalStateException("order: " + order + " is not in the data directory (expected: an order that is,"
                + " and that was not deleted after its retention)");
    }

    private void writeEvents(long start, long end) throws SQLException, IOException {
        out.table("event");
        for (var order : orders) {
            forEach(database, "SELECT * FROM event WHERE order_row = ? ORDER BY position", this::writeEvent, order);
        }
        forEach(database, EVENTS_OF_NONE, this::writeEvent, start, end);
    }

    private void writeEvent(Map<String, @Nullable Object> row) throws IOException {
        var written = selection.isRedacted() ? redaction.event(row) : row;
        if (written != null) {
            out.row("event", written);
        }
        add(stores, row.get("store"));
        if (row.get("driver") instanceof String driver && driver.startsWith("driver:")) {
            drivers.add(driver.substring("driver:".length()));
        }
    }

    private static void add(Set<Object> all, @Nullable Object value) {
        if (value instanceof Number number) {
            all.add(number.longValue());
        }
    }

    private void writeOrders() throws SQLException, IOException {
        out.table("orders");
        for (var order : orders) {
            forEach(
                    database,
                    "SELECT * FROM orders WHERE order_row = ?",
                    row -> {
                        add(stores, row.get("store"));
                        out.row("orders", selection.isRedacted() ? redaction.order(row) : row);
                    },
                    order);
        }
        out.table("order_document");
        if (!selection.isRedacted()) {
            for (var order : orders) {
                copy(database, "order_document", "SELECT * FROM order_document WHERE order_row = ?", order);
            }
        }
        out.table("day_count");
        copy(database, "day_count", "SELECT * FROM day_count");
    }

    /// The names of the stores, and those of the drivers.
    private void writeNames() throws SQLException, IOException {
        out.table("store");
        for (var store : stores) {
            copy(database, "store", "SELECT * FROM store WHERE id = ?", store);
        }
        out.table("business");
        for (var store : stores) {
            copy(
                    database,
                    "business",
                    "SELECT b.* FROM business b JOIN store s ON s.name = b.store WHERE s.id = ?",
                    store);
        }
        out.table("person");
        if (!selection.isRedacted()) {
            for (var driver : drivers) {
                copy(database, "person", "SELECT * FROM person WHERE role = 'driver' AND id = ?", driver);
            }
        }
    }

    /// All positions of the time, or those of the order's drivers.
    private void writePositions(@Nullable Connection tracks, long fromMs, long toMs) throws SQLException, IOException {
        if (tracks == null) {
            return;
        }
        tracks.setAutoCommit(false);
        var found = new LinkedHashMap<Object, String>();
        forEach(tracks, "SELECT id, name FROM driver ORDER BY id", row -> {
            if (selection.orderOrNone() == null || drivers.contains(String.valueOf(row.get("name")))) {
                found.put(number(row.get("id")), String.valueOf(row.get("name")));
            }
        });
        out.table(IncidentFile.TRACKS + "driver");
        for (var driver : found.keySet()) {
            copy(tracks, IncidentFile.TRACKS + "driver", "SELECT * FROM driver WHERE id = ?", driver);
        }
        out.table(IncidentFile.TRACKS + "fix");
        for (var driver : found.keySet()) {
            copy(
                    tracks,
                    IncidentFile.TRACKS + "fix",
                    "SELECT * FROM fix WHERE driver = ? AND recorded_at >= ? AND recorded_at < ? ORDER BY recorded_at",
                    driver,
                    fromMs - Fix.LIVE_AGE_MAX_MS,
                    toMs + Fix.CLOCK_AHEAD_MAX_MS);
        }
    }

    private interface RowConsumer {
        void accept(Map<String, @Nullable Object> row) throws IOException;
    }

    private void copy(Connection from, String table, String sql, Object... parameters)
            throws SQLException, IOException {
        forEach(from, sql, row -> out.row(table, row), parameters);
    }

    private static void forEach(Connection from, String sql, RowConsumer consumer, Object... parameters)
            throws SQLException, IOException {
        try (var query = from.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(IncidentRow.read(rows));
                }
            }
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
