package waybill.server.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import waybill.concurrent.Threads;
import waybill.directory.Device;
import waybill.directory.WebSubscription;
import waybill.server.outbound.AddressGuard;
import waybill.server.push.PushRequests.Answer;

/// Sends messages to browsers through the push services of their vendors. The message is JSON, `{title, body, data,
/// tag}`, which the page's service worker shows.
public final class WebPush implements PushService {

    private final VapidTokens tokens;
    private final SecureRandom random;
    private final PushRequests requests;

    WebPush(VapidTokens tokens, SecureRandom random, PushRequests requests) {
        this.tokens = tokens;
        this.random = random;
        this.requests = requests;
    }

    /// Over the network of this machine.
    ///
    /// @param guard refuses an endpoint in a private network, which a user could have named to reach it
    public static WebPush open(
            VapidKey key, URI contact, AddressGuard guard, Threads threads, InstantSource clock, SecureRandom random) {
        return new WebPush(
                new VapidTokens(key, contact, clock),
                random,
                PushRequests.open("waybill-web-push-dns", guard, threads, clock));
    }

    @Override
    public CompletableFuture<PushResult> push(Device device, PushMessage message) {
        var subscription = device.subscription();
        if (subscription.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new PushResult.Rejected("device: not a subscription of a browser"));
        }
        return push(URI.create(subscription.get().endpoint()), subscription.get(), message);
    }

    private CompletableFuture<PushResult> push(URI endpoint, WebSubscription subscription, PushMessage message) {
        var headers = Map.of(
                "TTL",
                Long.toString(message.expiresIn().toSeconds()),
                "Urgency",
                message.isUrgent() ? "high" : "normal",
                "Topic",
                message.topic(),
                "Content-Type",
                "application/octet-stream",
                "Content-Encoding",
                "aes128gcm",
                "Authorization",
                tokens.authorization(endpoint));
        return requests.post(endpoint, headers, encrypt(subscription, message))
                .thenApply(answer -> result(endpoint, answer));
    }

    private byte[] encrypt(WebSubscription subscription, PushMessage message) {
        var salt = new byte[WebPushEncryption.SALT_BYTES];
        random.nextBytes(salt);
        return WebPushEncryption.encrypt(
                json(message),
                P256.decode(Base64.getUrlDecoder().decode(subscription.p256dh())),
                Base64.getUrlDecoder().decode(subscription.auth()),
                P256.generate(random),
                salt);
    }

    private static byte[] json(PushMessage message) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("title", message.title()).put("body", message.body()).put("tag", message.topic());
        var data = json.putObject("data");
        message.sortedData().forEach(data::put);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static PushResult result(URI endpoint, Answer answer) {
        return switch (answer) {
            case Answer.Forbidden() ->
                new PushResult.Rejected("endpoint: " + complaint(endpoint.getHost() + " is in a private network"));
            case Answer.NoResponse(var reason) -> new PushResult.Failed(reason);
            case Answer.Response response -> result(response);
        };
    }

    private static PushResult result(Answer.Response response) {
        var status = response.status();
        if (status >= PushRequests.OK && status < PushRequests.REDIRECTS) {
            return new PushResult.Sent();
        }
        if (status == PushRequests.NOT_FOUND || status == PushRequests.GONE) {
            return new PushResult.Gone("the browser has unsubscribed: status " + status);
        }
        if (status < PushRequests.ERRORS
                || status == PushRequests.TIMED_OUT
                || status == PushRequests.TOO_MANY
                || status >= PushRequests.SERVER_ERRORS) {
            return new PushResult.Failed(
                    response.describe(), response.retryAfter().orElse((Duration) null));
        }
        return new PushResult.Rejected(response.describe());
    }

    /// What is wrong with an endpoint, if anything, by its text alone.
    public static Optional<String> problem(AddressGuard guard, String endpoint) {
        return guard.problem(endpoint).map(WebPush::complaint);
    }

    private static String complaint(String came) {
        return came + " (expected: a push service)";
    }

    /// Tests the keys of a subscription, which come from a browser.
    public static void requireValid(WebSubscription subscription) {
        P256.decode(decode("p256dh", subscription.p256dh()));
        var auth = decode("auth", subscription.auth());
        if (auth.length != WebPushEncryption.AUTH_BYTES) {
            throw new IllegalArgumentException(
                    "auth: " + auth.length + " bytes (expected: " + WebPushEncryption.AUTH_BYTES + ")");
        }
    }

    private static byte[] decode(String name, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    name + ": not base64url (expected: the key of a browser's subscription)");
        }
    }

    @Override
    public void close() {
        requests.close();
    }
}
