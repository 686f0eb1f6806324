package waybill.journal;

import java.time.Instant;
import java.util.Optional;
import waybill.order.ProviderPayment;
import waybill.order.SystemAlert;

/// Writes what other systems report, and the alerts for them, in a transaction.
public interface IntegrationWriter {

    /// Saves an open alert; false if there is one of its kind and subject.
    boolean saveAlert(SystemAlert alert);

    /// Deletes an open alert, which is returned.
    Optional<SystemAlert> deleteAlert(SystemAlert.Kind kind, String subject);

    /// What became of a report of a provider; empty if it has not been saved.
    Optional<ProviderPayment.Outcome> findPaymentReport(String provider, String eventId);

    /// Whether a report has paid an order by this payment.
    boolean isPaymentApplied(String provider, String paymentId);

    /// Saves a report with what became of it. Old ones are deleted.
    void savePaymentReport(ProviderPayment payment, ProviderPayment.Outcome outcome, Instant at);
}
