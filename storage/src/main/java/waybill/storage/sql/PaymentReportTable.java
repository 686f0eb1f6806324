package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import waybill.order.ProviderPayment;

/// Reports of payment providers, on the writing connection. Belongs to the journal's thread.
final class PaymentReportTable {

    /// Longer than any provider sends a report again.
    private static final Duration RETENTION = Duration.ofDays(90);

    private final PreparedStatement find;
    private final PreparedStatement findApplied;
    private final PreparedStatement save;
    private final PreparedStatement purge;

    PaymentReportTable(Statements statements) throws SQLException {
        find = statements.prepare("SELECT outcome FROM payment_report WHERE provider = ? AND event_id = ?");
        findApplied = statements.prepare("SELECT outcome FROM payment_report WHERE provider = ? AND payment_id = ?"
                + " AND outcome = 'APPLIED' LIMIT 1");
        save = statements.prepare("""
                INSERT INTO payment_report
                (provider, event_id, payment_id, order_id, minor_units, currency, outcome, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """);
        purge = statements.prepare("DELETE FROM payment_report WHERE received_at < ?");
    }

    Optional<ProviderPayment.Outcome> find(String provider, String eventId) throws SQLException {
        find.setString(2, eventId);
        return DirectoryRows.findByName(find, provider, row -> ProviderPayment.Outcome.valueOf(row.getString(1)));
    }

    boolean isApplied(String provider, String paymentId) throws SQLException {
        findApplied.setString(2, paymentId);
        return DirectoryRows.findByName(findApplied, provider, row -> row.getString(1))
                .isPresent();
    }

    int save(ProviderPayment payment, ProviderPayment.Outcome outcome, Instant at) throws SQLException {
        purge.setLong(1, at.minus(RETENTION).toEpochMilli());
        purge.executeUpdate();
        save.setString(1, payment.provider());
        save.setString(2, payment.eventId());
        save.setString(3, payment.paymentId());
        save.setString(4, payment.order().toString());
        save.setLong(5, payment.amount().minorUnits());
        save.setString(6, payment.amount().currency());
        save.setString(7, outcome.name());
        save.setLong(8, at.toEpochMilli());
        return save.executeUpdate();
    }
}
