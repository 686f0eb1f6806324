package waybill.storage.sql;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderId;

/// How an order stands in its row.
public final class OrderRow {

    /// What [#order] reads, in its order, before the document.
    static final String COLUMNS = """
            o.order_row, o.id, o.number, s.name, o.message_id, o.foreign_id, o.state, o.driver, o.paid, o.details,
            o.placed_at, o.accept_by, o.version, o.arrivals, o.offers, o.times, o.proofs,
            """;

    static final String FROM = " FROM orders o JOIN store s ON s.id = o.store ";

    /// Orders without the documents of their senders.
    public static final String SELECT = "SELECT " + COLUMNS + "NULL" + FROM;

    static final String SELECT_WITH_DOCUMENT =
            "SELECT " + COLUMNS + "d.document" + FROM + "LEFT JOIN order_document d ON d.order_row = o.order_row ";

    private OrderRow() {}

    /// The same in the sequence of more tables than the one of orders `o`.
    public static String selectFrom(String tables) {
        return "SELECT " + COLUMNS + "NULL FROM " + tables + " CROSS JOIN store s ON s.id = o.store ";
    }

    public static List<Order> orders(PreparedStatement query) throws SQLException {
        return listedOrders(query).stream().map(ListedOrder::order).toList();
    }

    /// The number of a row is the sequence of the event that placed its order.
    public static List<ListedOrder> listedOrders(PreparedStatement query) throws SQLException {
        return listedOrders(query, _ -> null);
    }

    /// The same, where an order that is `known` is not read from its row.
    static List<ListedOrder> listedOrders(PreparedStatement query, Function<OrderId, @Nullable Order> known)
            throws SQLException {
        try (var rows = query.executeQuery()) {
            var orders = new ArrayList<ListedOrder>();
            while (rows.next()) {
                var order = known.apply(id(rows));
                orders.add(new ListedOrder(order == null ? order(rows) : order, rows.getLong(1)));
            }
            return orders;
        }
    }

    public static Order order(ResultSet row) throws SQLException {
        var number = row.getLong(1);
        try {
            return parse(row);
        } catch (RuntimeException e) { // the hub wrote no such row
            throw new CorruptDataException(
                    "row " + number + " of orders, message " + row.getString(5) + ": " + e.getMessage(), e);
        }
    }

    private static Order parse(ResultSet row) throws SQLException {
        var messageId = row.getString(5);
        var foreignId = row.getString(6);
        var details = OrderDetailsJson.read(row.getString(10), row.getString(18));
        return new Order(
                id(row),
                row.getString(3),
                row.getString(4),
                messageId,
                foreignId == null ? messageId : foreignId,
                EnumCodes.decodeState(row.getInt(7)),
                actor(row.getString(8)),
                EnumCodes.decodePaid(row.getLong(9), details),
                details,
                Instant.ofEpochMilli(row.getLong(11)),
                instant(row, 12),
                ArrivalsJson.decode(row.getString(14)),
                OrderOffersJson.read(row.getString(15)),
                OrderTimesJson.decode(row.getString(16)),
                ProofJson.decode(row.getString(17)),
                row.getLong(13));
    }

    static @Nullable Actor actor(@Nullable String text) {
        return text == null ? null : Actor.parse(text);
    }

    static @Nullable public Instant instant(ResultSet row, int column) throws SQLException {
        var epochMs = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(epochMs);
    }

    public static void setNullableLong(PreparedStatement statement, int parameter, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.BIGINT);
        } else {
            statement.setLong(parameter, value);
        }
    }

    /// The id in a row whose second column it is, as in all of these.
    public static OrderId id(ResultSet row) throws SQLException {
        return id(row.getBytes(2));
    }

    static OrderId id(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new OrderId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    public static byte[] bytes(OrderId id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }
}
