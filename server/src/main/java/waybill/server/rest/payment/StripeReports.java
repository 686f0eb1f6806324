package waybill.server.rest.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.order.OrderId;
import waybill.order.ProviderPayment;

/// The events of Stripe that confirm a payment.
final class StripeReports {

    static final String PROVIDER = "stripe";

    private StripeReports() {}

    /// Throws [IllegalArgumentException] if a payment lacks what it must have.
    static PaymentReport parse(JsonNode event) {
        var type = event.path("type").asText();
        var object = event.path("data").path("object");
        return switch (type) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                object.path("payment_status").asText().equals("paid")
                        ? paid(event, object, "amount_total", "payment_intent")
                        : new PaymentReport.Other(type); // paid later, and reported then
            case "payment_intent.succeeded" -> paid(event, object, "amount_received", "id");
            default -> new PaymentReport.Other(type);
        };
    }

    private static PaymentReport paid(JsonNode event, JsonNode object, String amount, String id) {
        var eventId = ReportFields.text(event, "id");
        var order = order(object);
        if (order.isEmpty()) {
            return new PaymentReport.WithoutOrder(eventId);
        }
        return new PaymentReport.Paid(new ProviderPayment(
                PROVIDER,
                eventId,
                object.path(id).isTextual() ? object.path(id).asText() : ReportFields.text(object, "id"),
                order.get(),
                PaymentAmounts.ofStripe(ReportFields.number(object, amount), ReportFields.text(object, "currency")),
                Instant.ofEpochSecond(ReportFields.number(event, "created"))));
    }

    private static Optional<OrderId> order(JsonNode object) {
        return Stream.concat(
                        ReportFields.orders(object.path("metadata")),
                        Stream.of(object.path("client_reference_id").asText()))
                .flatMap(text -> OrderId.parse(text).stream())
                .findFirst();
    }
}
