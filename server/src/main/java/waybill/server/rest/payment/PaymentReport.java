package waybill.server.rest.payment;

import waybill.order.ProviderPayment;

/// What a provider reports.
sealed interface PaymentReport {

    record Paid(ProviderPayment payment) implements PaymentReport {}

    /// A payment without an order of the hub.
    record WithoutOrder(String eventId) implements PaymentReport {}

    /// Something that is no payment.
    record Other(String type) implements PaymentReport {}
}
