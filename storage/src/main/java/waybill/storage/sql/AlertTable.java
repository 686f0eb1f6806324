package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import waybill.journal.OpenAlerts;
import waybill.order.OrderId;
import waybill.order.SystemAlert;

/// The open alerts, on the writing connection. Belongs to the journal's thread.
public final class AlertTable {

    private static final String SELECT =
            "SELECT kind, subject, id, severity, message, since, order_id, driver FROM system_alert ";

    private final PreparedStatement save;
    private final PreparedStatement find;
    private final PreparedStatement delete;

    AlertTable(Statements statements) throws SQLException {
        save = statements.prepare("""
                INSERT INTO system_alert (kind, subject, id, severity, message, since, order_id, driver)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """);
        find = statements.prepare(SELECT + "WHERE kind = ? AND subject = ?");
        delete = statements.prepare("DELETE FROM system_alert WHERE kind = ? AND subject = ?");
    }

    boolean save(SystemAlert alert) throws SQLException {
        save.setString(1, alert.kind().wireName());
        save.setString(2, alert.subject());
        save.setString(3, alert.id().toString());
        save.setString(4, alert.severity().name());
        save.setString(5, alert.message());
        save.setLong(6, alert.since().toEpochMilli());
        save.setString(7, alert.order().map(OrderId::toString).orElse(null));
        save.setString(8, alert.driverOrNone());
        return save.executeUpdate() == 1;
    }

    Optional<SystemAlert> delete(SystemAlert.Kind kind, String subject) throws SQLException {
        find.setString(2, subject);
        var known = DirectoryRows.findByName(find, kind.wireName(), AlertTable::alert);
        if (known.isPresent()) {
            delete.setString(1, kind.wireName());
            delete.setString(2, subject);
            delete.executeUpdate();
        }
        return known;
    }

    private static SystemAlert alert(ResultSet row) throws SQLException {
        var kind = row.getString(1);
        var order = row.getString(7);
        return new SystemAlert(
                UUID.fromString(row.getString(3)),
                SystemAlert.Kind.parse(kind)
                        .orElseThrow(() -> new IllegalStateException(
                                "kind of alert: " + kind + " (expected: one that this version knows)")),
                SystemAlert.Severity.valueOf(row.getString(4)),
                row.getString(2),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                order == null ? null : OrderId.parse(order).orElse(null),
                row.getString(8));
    }

    /// The same as committed, for any thread.
    public static OpenAlerts queries(ReadConnections readers) {
        return () ->
                readers.query(SELECT + "ORDER BY since, id", query -> DirectoryRows.list(query, AlertTable::alert));
    }
}
