package waybill.storage;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import waybill.order.Actor;
import waybill.order.LogEntry;
import waybill.order.OrderId;

/// How an event of the log stands in its row.
final class EventRow {

    /// The columns that [#entry] reads, in its order.
    static final String COLUMNS = """
            SELECT e.position, p.id, s.name, p.message_id, e.kind, e.payload, e.actor, e.occurred_at, e.received_at
            FROM event e JOIN parcel p ON p.number = e.order_number JOIN store s ON s.id = e.store
            """;

    private EventRow() {}

    static LogEntry entry(ResultSet row) throws SQLException {
        return new LogEntry(
                row.getLong(1),
                orderId(row.getBytes(2)),
                row.getString(3),
                row.getString(4),
                Codes.event(row.getInt(5), row.getString(6)),
                Actor.parse(row.getString(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                Instant.ofEpochMilli(row.getLong(9)));
    }

    static OrderId orderId(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new OrderId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    static byte[] bytes(OrderId id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }
}
