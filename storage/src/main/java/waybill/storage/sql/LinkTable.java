package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import waybill.link.TrackingLink;
import waybill.order.OrderId;

/// The public links to orders, on the writing connection. Belongs to the journal's thread.
public final class LinkTable {

    public static final String SELECT = "SELECT token_hash, id, order_id, created_at, expires_at FROM tracking_link ";

    /// Expired links of any order that go with a new one: more than come, so that few are stored for long.
    private static final int PURGED_WITH_ONE = 10;

    private final PreparedStatement add;
    private final PreparedStatement ofOrder;
    private final PreparedStatement delete;
    private final PreparedStatement purge;

    public LinkTable(Statements statements) throws SQLException {
        add = statements.prepare(
                "INSERT INTO tracking_link (token_hash, id, order_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)");
        ofOrder = statements.prepare(SELECT + "WHERE order_id = ? ORDER BY created_at, id");
        delete = statements.prepare("DELETE FROM tracking_link WHERE token_hash = ?");
        purge = statements.prepare("""
                DELETE FROM tracking_link WHERE token_hash IN
                (SELECT token_hash FROM tracking_link WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
                """);
    }

    /// The live links that were deleted to make room for it.
    public List<TrackingLink> save(TrackingLink link, int perOrderMax) throws SQLException {
        purge.setLong(1, link.createdAt().toEpochMilli());
        purge.setInt(2, PURGED_WITH_ONE);
        purge.executeUpdate();
        var live = ofOrder(link.order()).stream()
                .filter(one -> !one.isExpired(link.createdAt()))
                .toList();
        var replaced = live.subList(0, Math.max(0, live.size() - perOrderMax + 1));
        for (var one : replaced) {
            delete(one);
        }
        add.setString(1, link.tokenHash());
        add.setString(2, link.id().toString());
        add.setBytes(3, OrderRow.bytes(link.order()));
        add.setLong(4, link.createdAt().toEpochMilli());
        add.setLong(5, link.expiresAt().toEpochMilli());
        add.executeUpdate();
        return List.copyOf(replaced);
    }

    /// The deleted links that were live.
    public List<TrackingLink> deleteOf(OrderId order, Instant now) throws SQLException {
        var all = ofOrder(order);
        for (var link : all) {
            delete(link);
        }
        return all.stream().filter(link -> !link.isExpired(now)).toList();
    }

    private void delete(TrackingLink link) throws SQLException {
        delete.setString(1, link.tokenHash());
        delete.executeUpdate();
    }

    private List<TrackingLink> ofOrder(OrderId order) throws SQLException {
        ofOrder.setBytes(1, OrderRow.bytes(order));
        var links = new ArrayList<TrackingLink>();
        try (var rows = ofOrder.executeQuery()) {
            while (rows.next()) {
                links.add(link(rows));
            }
        }
        return links;
    }

    public static TrackingLink link(ResultSet row) throws SQLException {
        return new TrackingLink(
                UUID.fromString(row.getString(2)),
                OrderRow.id(row.getBytes(3)),
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
