package waybill.server.rest.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.order.OrderId;
import waybill.order.ProviderPayment;

/// The events of Razorpay that confirm a payment.
final class RazorpayReports {

    static final String PROVIDER = "razorpay";

    private RazorpayReports() {}

    /// Throws [IllegalArgumentException] if a payment lacks what it must have.
    static PaymentReport parse(JsonNode event, String eventId) {
        var type = event.path("event").asText();
        return switch (type) {
            case "payment.captured", "order.paid" -> paid(event, eventId);
            default -> new PaymentReport.Other(type);
        };
    }

    private static PaymentReport paid(JsonNode event, String eventId) {
        var payment = event.path("payload").path("payment").path("entity");
        var order = order(payment, event.path("payload").path("order").path("entity"));
        if (order.isEmpty()) {
            return new PaymentReport.WithoutOrder(eventId);
        }
        return new PaymentReport.Paid(new ProviderPayment(
                PROVIDER,
                eventId,
                ReportFields.text(payment, "id"),
                order.get(),
                PaymentAmounts.ofRazorpay(
                        ReportFields.number(payment, "amount"), ReportFields.text(payment, "currency")),
                Instant.ofEpochSecond(ReportFields.number(event, "created_at"))));
    }

    private static Optional<OrderId> order(JsonNode payment, JsonNode order) {
        return Stream.of(
                        ReportFields.orders(payment.path("notes")),
                        ReportFields.orders(order.path("notes")),
                        Stream.of(order.path("receipt").asText()))
                .flatMap(texts -> texts)
                .flatMap(text -> OrderId.parse(text).stream())
                .findFirst();
    }
}
