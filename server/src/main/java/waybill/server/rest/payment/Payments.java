package waybill.server.rest.payment;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.payment.PaymentConfirmations;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
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
    private static final Optional<String> MISSING = Optional.of("missing (expected: the signature)");
    private static final int EVENT_ID_MAX = 200;

    /// Rejected reports from one address, in a minute and at once. Further ones are not logged.
    static final int REJECTED_PER_MINUTE = 60;

    /// Addresses that are counted. With one more, the least recently seen is evicted.
    private static final int ADDRESSES_MAX = 10_000;

    private final PaymentConfirmations confirmations;
    private final PaymentSecrets secrets;
    private final RateLimiter<String> rejections;

    public Payments(PaymentConfirmations confirmations, PaymentSecrets secrets, RateLimiters limiters) {
        this.confirmations = confirmations;
        this.secrets = secrets;
        rejections = limiters.of("rejected payments", RateLimit.perMinute(REJECTED_PER_MINUTE), ADDRESSES_MAX);
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("reportStripePayment", this::ofStripe, "reportRazorpayPayment", this::ofRazorpay);
    }

    private RequestAction ofStripe(ApiRequest call) {
        requireSecrets(StripeReports.PROVIDER, secrets.stripe());
        var body = call.raw().content().getBytes();
        var header = "Stripe-Signature";
        find(call, header)
                .map(signature -> Signatures.rejectionOfStripe(signature, body, secrets.stripe(), call.receivedAt()))
                .orElse(MISSING)
                .ifPresent(why -> reject(call, StripeReports.PROVIDER, header, why));
        return act(call, parsed(() -> StripeReports.parse(JSON.readTree(body))));
    }

    private RequestAction ofRazorpay(ApiRequest call) {
        requireSecrets(RazorpayReports.PROVIDER, secrets.razorpay());
        var body = call.raw().content().getBytes();
        var header = "X-Razorpay-Signature";
        find(call, header)
                .map(signature -> Signatures.rejectionOfRazorpay(signature, body, secrets.razorpay()))
                .orElse(MISSING)
                .ifPresent(why -> reject(call, RazorpayReports.PROVIDER, header, why));
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

    private static Optional<String> find(ApiRequest call, String header) {
        return call.raw().header(header.toLowerCase(Locale.ROOT));
    }

    private void reject(ApiRequest call, String provider, String header, String why) {
        var client = call.raw().client();
        var retryAfterMs = client.isLocal()
                ? 0
                : rejections.acquire(client.network(), call.receivedAt().toEpochMilli());
        if (retryAfterMs > 0) {
            throw Problem.rateLimited(
                    "reports: too many rejected ones from " + client.network() + " (expected: at most "
                            + REJECTED_PER_MINUTE + " a minute)",
                    Duration.ofMillis(retryAfterMs));
        }
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
