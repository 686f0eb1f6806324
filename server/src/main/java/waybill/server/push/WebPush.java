package waybill.server.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import waybill.directory.Device;
import waybill.directory.WebSubscription;
import waybill.server.push.PushRequests.Answer;

/// Sends messages to browsers through the push services of their vendors. The message is JSON, `{title, body, data,
/// tag}`, which the page's service worker shows.
public final class WebPush implements PushService {

    private final VapidTokens tokens;
    private final Function<URI, CompletableFuture<Boolean>> mayBeCalled;
    private final SecureRandom random;
    private final PushRequests requests;

    /// @param mayBeCalled answers false for an endpoint in a private network, which a user could have named to reach it
    public WebPush(
            VapidKey key,
            URI contact,
            Function<URI, CompletableFuture<Boolean>> mayBeCalled,
            InstantSource clock,
            SecureRandom random) {
        this(new VapidTokens(key, contact, clock), mayBeCalled, random, new PushRequests(clock, PushRequests.TIMEOUT));
    }

    WebPush(
            VapidTokens tokens,
            Function<URI, CompletableFuture<Boolean>> mayBeCalled,
            SecureRandom random,
            PushRequests requests) {
        this.tokens = tokens;
        this.mayBeCalled = mayBeCalled;
        this.random = random;
        this.requests = requests;
    }

    @Override
    public CompletableFuture<PushResult> push(Device device, PushMessage message) {
        var subscription = device.subscription();
        if (subscription.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new PushResult.Rejected("device: not a subscription of a browser"));
        }
        var endpoint = URI.create(subscription.get().endpoint());
        return mayBeCalled
                .apply(endpoint)
                .thenCompose(isPermitted -> isPermitted
                        ? push(endpoint, subscription.get(), message)
                        : CompletableFuture.completedFuture(new PushResult.Rejected("endpoint: " + endpoint.getHost()
                                + " is in a private network (expected: a push service)")))
                .exceptionally(_ -> new PushResult.Failed("the hub is busy"));
    }

    private CompletableFuture<PushResult> push(URI endpoint, WebSubscription subscription, PushMessage message) {
        var request = HttpRequest.newBuilder(endpoint)
                .header("TTL", Long.toString(message.expiresIn().toSeconds()))
                .header("Urgency", message.isUrgent() ? "high" : "normal")
                .header("Topic", message.topic())
                .header("Content-Type", "application/octet-stream")
                .header("Content-Encoding", "aes128gcm")
                .header("Authorization", tokens.authorization(endpoint))
                .POST(HttpRequest.BodyPublishers.ofByteArray(encrypt(subscription, message)));
        return requests.send(request).thenApply(WebPush::result);
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

    private static PushResult result(Answer answer) {
        return switch (answer) {
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
