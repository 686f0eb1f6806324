package waybill.order;

import java.time.Instant;

/// A payment of an order that a payment provider reports.
///
/// @param provider its name: `stripe`
/// @param eventId the provider's id of the report, which it may send again
/// @param paymentId the provider's id of the payment, of which it may send several reports
public record ProviderPayment(
        String provider, String eventId, String paymentId, OrderId order, Money amount, Instant paidAt) {

    /// What became of a report.
    public enum Outcome {
        /// It has paid the order.
        APPLIED,

        /// The payment had paid the order before.
        REPEATED,

        /// It does not fit the order, and an alert is open.
        MISMATCH
    }
}
