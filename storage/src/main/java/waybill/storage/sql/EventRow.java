package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// How an event of the log stands in its row, joined with what never changes of its order.
public final class EventRow {

    /// What [#entry] reads, in its order.
    public static final String COLUMNS = """
            e.position, e.kind, e.state_before, e.state_after, e.driver, e.paid, e.document, e.body,
            e.actor, e.occurred_at, e.received_at,
            o.order_row, o.id, o.number, s.name, o.message_id, o.foreign_id, o.details, o.placed_at, o.accept_by,
            d.document
            """;

    /// How many [#COLUMNS] there are.
    public static final int COLUMN_COUNT = 21;

    public static final String SELECT = "SELECT " + COLUMNS + """
            FROM event e LEFT JOIN orders o ON o.order_row = e.order_row LEFT JOIN store s ON s.id = o.store
            LEFT JOIN order_document d ON d.order_row = o.order_row
            """;

    private EventRow() {}

    public static List<LogEntry> entries(PreparedStatement query) throws SQLException {
        return entries(query, Long.MAX_VALUE);
    }

    /// No more than hold about `charsMax` characters of documents and details, but always one if there is one.
    public static List<LogEntry> entries(PreparedStatement query, long charsMax) throws SQLException {
        var entries = new ArrayList<LogEntry>();
        var chars = 0L;
        try (var rows = query.executeQuery()) {
            while (chars < charsMax && rows.next()) {
                entries.add(entry(rows));
                chars += characters(rows, 7) + characters(rows, 18) + characters(rows, 21);
            }
        }
        return entries;
    }

    private static long characters(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "").length();
    }

    public static LogEntry entry(ResultSet row) throws SQLException {
        var position = row.getLong(1);
        try {
            return entry(row, position);
        } catch (RuntimeException e) { // the hub wrote no such row
            throw new CorruptDataException("row " + position + " of event: " + e.getMessage(), e);
        }
    }

    private static LogEntry entry(ResultSet row, long position) throws SQLException {
        var after = EnumCodes.decodeState(row.getInt(4));
        var driver = OrderRow.actor(row.getString(5));
        var orderRow = row.getLong(12);
        return new LogEntry(
                position,
                orderRow == 0 ? null : order(row, after, driver, position),
                EnumCodes.decodeState(row.getInt(3)),
                event(row, after, driver),
                Actor.parse(row.getString(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                Instant.ofEpochMilli(row.getLong(11)));
    }

    private static Order order(ResultSet row, OrderState state, @Nullable Actor driver, long position)
            throws SQLException {
        var messageId = row.getString(16);
        var foreignId = row.getString(17);
        var details = OrderDetailsJson.read(row.getString(18), row.getString(21));
        return new Order(
                OrderRow.id(row.getBytes(13)),
                row.getLong(12),
                row.getString(14),
                row.getString(15),
                messageId,
                foreignId == null ? messageId : foreignId,
                state,
                driver,
                EnumCodes.decodePaid(row.getLong(6), details),
                details,
                Instant.ofEpochMilli(row.getLong(19)),
                OrderRow.instant(row, 20),
                position);
    }

    private static Event event(ResultSet row, OrderState after, @Nullable Actor driver) throws SQLException {
        var kind = row.getInt(2);
        var document = row.getString(7);
        var body = body(row.getString(8));
        return switch (kind) {
            case EventJson.PLACED -> new OrderEvent.Placed(after);
            case EventJson.PAID -> EventJson.decodePaid(body);
            case EventJson.ASSIGNED ->
                new OrderEvent.Assigned(requireDriver(driver), OrderRow.actor(body.get("former")));
            case EventJson.STATE_CHANGED ->
                new OrderEvent.StateChanged(after, body.getOrDefault("reason", ""), document);
            case EventJson.DRIVER_TAKEN_OVER -> new OrderEvent.DriverTakenOver(requireDriver(driver), document);
            default -> EventJson.decode(kind, body);
        };
    }

    private static Map<String, String> body(@Nullable String json) {
        return json == null ? Map.of() : FlatJson.read(json);
    }

    private static Actor requireDriver(@Nullable Actor driver) {
        if (driver == null) {
            throw new IllegalStateException("driver: none (expected: whom the order was given to)");
        }
        return driver;
    }
}
