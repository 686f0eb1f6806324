package waybill.server.rest.payment;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.payment.PaymentConfirmations;
import waybill.order.OrderId;
import waybill.order.ProviderPayment;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;

/// The webhooks of payment providers. A request is admitted by its signature alone, over the bytes of its body.
///
/// A provider sends a report again until it is answered 200, and in the end stops to send any: so a report that no
/// repetition can mend is answered 200 as well, and is in the hub's log.
public final class Payments implements OperationHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENT_ID_MAX = 200;

    private final PaymentConfirmations confirmations;
    private final PaymentSecrets secrets;

    public Payments(PaymentConfirmations confirmations, PaymentSecrets secrets) {
        this.confirmations = confirmations;
        this.secrets = secrets;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("reportStripePayment", this::ofStripe, "reportRazorpayPayment", this::ofRazorpay);
    }

    private RequestAction ofStripe(ApiRequest call) {
        requireSecrets(StripeReports.PROVIDER, secrets.stripe());
        var body = call.raw().content().getBytes();
        var signature = signature(call, "Stripe-Signature");
        Signatures.rejectionOfStripe(signature, body, secrets.stripe(), call.receivedAt())
                .ifPresent(why -> reject(StripeReports.PROVIDER, "Stripe-Signature", why));
        return act(call, parsed(() -> StripeReports.parse(JSON.readTree(body))));
    }

    private RequestAction ofRazorpay(ApiRequest call) {
        requireSecrets(RazorpayReports.PROVIDER, secrets.razorpay());
        var body = call.raw().content().getBytes();
        var signature = signature(call, "X-Razorpay-Signature");
        Signatures.rejectionOfRazorpay(signature, body, secrets.razorpay())
                .ifPresent(why -> reject(RazorpayReports.PROVIDER, "X-Razorpay-Signature", why));
        var eventId = call.raw()
                .header("x-razorpay-event-id")
                .filter(id -> !id.isBlank() && id.length() <= EVENT_ID_MAX)
                .orElseGet(() -> digest(body));
        return act(call, parsed(() -> RazorpayReports.parse(JSON.readTree(body), eventId)));
    }

    private static void requireSecrets(String provider, List<String> secrets) {
        if (secrets.isEmpty()) {
            throw Problem.notFound(
                    provider + ": not configured (expected: a hub with a webhook secret of " + provider + ")");
        }
    }

    private static String signature(ApiRequest call, String header) {
        return call.raw()
                .header(header.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Problem.invalid(header, header + ": missing (expected: the signature)"));
    }

    private static void reject(String provider, String header, String why) {
        LOG.warn("a report of {} was rejected: {}: {}", provider, header, why);
        throw Problem.invalid(header, header + ": " + why);
    }

    @FunctionalInterface
    private interface Parser {
        PaymentReport parse() throws IOException;
    }

    private static PaymentReport parsed(Parser parser) {
        try {
            return parser.parse();
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            var message = e instanceof IOException ? "no JSON (expected: JSON)" : String.valueOf(e.getMessage());
            throw Problem.invalid("body", "body: " + message);
        }
    }

    private RequestAction act(ApiRequest call, PaymentReport report) {
        return switch (report) {
            case PaymentReport.Other _ -> new RequestAction.Immediate(response("ignored", Optional.empty()));
            case PaymentReport.WithoutOrder(var eventId) -> {
                LOG.warn("the report {} names no order of this hub, and is ignored", shown(eventId));
                yield new RequestAction.Immediate(response("no_order", Optional.empty()));
            }
            case PaymentReport.Paid(var payment) ->
                new RequestAction.Write(PaymentConfirmations.reads(payment), work -> {
                    var outcome = confirmations.confirm(work, payment, call.receivedAt());
                    return WriteResponse.ofSuccess(_ -> confirmed(payment, outcome));
                });
        };
    }

    private static ApiResponse confirmed(ProviderPayment payment, Optional<ProviderPayment.Outcome> outcome) {
        var result = outcome.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("no_order");
        if (outcome.isEmpty() || outcome.get() == ProviderPayment.Outcome.MISMATCH) {
            LOG.warn(
                    "the report {} of {} for order {}: {}",
                    shown(payment.eventId()),
                    payment.provider(),
                    payment.order(),
                    result);
        }
        return response(result, Optional.of(payment.order()));
    }

    private static ApiResponse response(String result, Optional<OrderId> order) {
        return ApiResponse.ok(JsonWriter.object(json -> {
            json.writeStringField("result", result);
            JsonWriter.text(json, "orderId", order.map(OrderId::toString));
        }));
    }

    private static String shown(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /// Identifies a report without an id.
    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
