package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import waybill.journal.AppendListener;
import waybill.journal.IntegrationWriter;
import waybill.journal.StoredLease;
import waybill.order.ProviderPayment;
import waybill.order.SystemAlert;

/// Alerts, reports of payment providers and leases, on the writing connection. Belongs to the journal's thread.
abstract class SqlIntegrationWriter extends SqlJobWriter implements IntegrationWriter {

    private final AlertTable alerts;
    private final PaymentReportTable paymentReports;
    private final LeaseTable leases;

    SqlIntegrationWriter(Statements statements, TrustedClock clock, AppendListener appendListener) throws SQLException {
        super(statements, clock, appendListener);
        alerts = new AlertTable(statements);
        paymentReports = new PaymentReportTable(statements);
        leases = new LeaseTable(statements);
    }

    @Override
    public boolean saveAlert(SystemAlert alert) {
        return translateErrors(() -> alerts.save(alert));
    }

    @Override
    public Optional<SystemAlert> deleteAlert(SystemAlert.Kind kind, String subject) {
        return translateErrors(() -> alerts.delete(kind, subject));
    }

    @Override
    public Optional<ProviderPayment.Outcome> findPaymentReport(String provider, String eventId) {
        return translateErrors(() -> paymentReports.find(provider, eventId));
    }

    @Override
    public boolean isPaymentApplied(String provider, String paymentId) {
        return translateErrors(() -> paymentReports.isApplied(provider, paymentId));
    }

    @Override
    public void savePaymentReport(ProviderPayment payment, ProviderPayment.Outcome outcome, Instant at) {
        translateErrors(() -> paymentReports.save(payment, outcome, at));
    }

    @Override
    public Optional<StoredLease> findLease(String task) {
        return translateErrors(() -> leases.find(task));
    }

    @Override
    public void saveLease(StoredLease lease) {
        translateErrors(() -> leases.save(lease));
    }

    /// The transaction was rolled back, or another writer has committed.
    final void rollbackLeases() {
        leases.clearCache();
    }
}
