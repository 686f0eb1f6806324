package waybill.server.rest.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;

/// A payment provider that signs as Stripe and Razorpay do, and sends reports late, again, and tampered with.
record FakeProvider(ApiTestClient hub, String secret) {

    private static final String STRIPE = "/api/v1/payments/stripe";
    private static final String RAZORPAY = "/api/v1/payments/razorpay";

    static String intent(String eventId, String paymentId, String order, long amount, String currency) {
        return """
                {"id": "%s", "type": "payment_intent.succeeded", "created": 1767268800, "data": {"object":
                {"id": "%s", "amount_received": %d, "currency": "%s", "metadata": {"order_id": "%s"}}}}
                """.formatted(eventId, paymentId, amount, currency, order);
    }

    static String session(String eventId, String paymentId, String order, String status, long amount) {
        return """
                {"id": "%s", "type": "checkout.session.completed", "created": 1767268800, "data": {"object":
                {"id": "cs_1", "payment_intent": "%s", "payment_status": "%s", "amount_total": %d, "currency": "eur",
                "client_reference_id": "%s", "metadata": {}}}}
                """.formatted(eventId, paymentId, status, amount, order);
    }

    static String captured(String type, String paymentId, String order, long amount) {
        return """
                {"event": "%s", "created_at": 1767268800, "payload": {"payment": {"entity": {"id": "%s", "amount": %d,
                "currency": "EUR", "notes": {"orderId": "%s"}}}, "order": {"entity": {"notes": []}}}}
                """.formatted(type, paymentId, amount, order);
    }

    Answer stripe(String body) {
        return stripe(body, Instant.now().getEpochSecond());
    }

    Answer stripe(String body, long time) {
        return stripeAsync(body, time).join();
    }

    CompletableFuture<Answer> stripeAsync(String body, long time) {
        var signature = "t=" + time + ",v1=" + hmac(time + ".", body);
        return hub.requestAsync("POST", "", STRIPE, body, "Stripe-Signature", signature);
    }

    Answer stripeTampered(String body, String sent) {
        var time = Instant.now().getEpochSecond();
        return hub.post("", STRIPE, sent, "Stripe-Signature", "t=" + time + ",v1=" + hmac(time + ".", body));
    }

    Answer razorpay(String body, String eventId) {
        return hub.post("", RAZORPAY, body, "X-Razorpay-Signature", hmac("", body), "x-razorpay-event-id", eventId);
    }

    Answer razorpayTampered(String body, String sent) {
        return hub.post("", RAZORPAY, sent, "X-Razorpay-Signature", hmac("", body));
    }

    private String hmac(String prefix, String body) {
        return HexFormat.of()
                .formatHex(Signatures.hmac(
                        secret, prefix.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8)));
    }
}
