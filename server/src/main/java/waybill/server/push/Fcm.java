package waybill.server.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import waybill.concurrent.Threads;
import waybill.directory.Device;
import waybill.server.outbound.AddressGuard;
import waybill.server.push.FcmAccessTokens.Result;
import waybill.server.push.PushRequests.Answer;

/// Sends messages to apps through Firebase Cloud Messaging, HTTP v1, which reaches iOS through Apple's service.
public final class Fcm implements PushService {

    public static final URI BASE = URI.create("https://fcm.googleapis.com");

    private static final int BAD_REQUEST = 400;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI sendUri;
    private final FcmAccessTokens tokens;
    private final PushRequests requests;
    private final InstantSource clock;

    Fcm(FcmCredentials credentials, URI base, InstantSource clock, PushRequests requests) {
        this.sendUri = URI.create(base + "/v1/projects/" + credentials.projectId() + "/messages:send");
        this.tokens = new FcmAccessTokens(credentials, requests, clock);
        this.requests = requests;
        this.clock = clock;
    }

    /// The operator has named its servers, so they may be anywhere.
    public static Fcm open(FcmCredentials credentials, URI base, Threads threads, InstantSource clock) {
        return new Fcm(
                credentials,
                base,
                clock,
                PushRequests.open("waybill-fcm-dns", AddressGuard.anywhere(), threads, clock));
    }

    @Override
    public CompletableFuture<PushResult> push(Device device, PushMessage message) {
        var body = body(device, message);
        return attempt(body)
                .thenCompose(first -> first.isUnauthorized()
                        ? attempt(body).thenApply(Attempt::result) // once, with a new access token
                        : CompletableFuture.completedFuture(first.result()));
    }

    /// @param isUnauthorized whether the service did not take the access token
    private record Attempt(PushResult result, boolean isUnauthorized) {}

    private CompletableFuture<Attempt> attempt(String body) {
        return tokens.find().thenCompose(found -> switch (found) {
            case Result.NoToken(var reason) ->
                CompletableFuture.completedFuture(new Attempt(new PushResult.Failed(reason), false));
            case Result.Token token ->
                send(token, body).thenApply(answer -> {
                    var isUnauthorized = answer instanceof Answer.Response response
                            && response.status() == PushRequests.UNAUTHORIZED;
                    if (isUnauthorized) {
                        tokens.invalidate(token);
                    }
                    return new Attempt(result(answer), isUnauthorized);
                });
        });
    }

    private CompletableFuture<Answer> send(Result.Token token, String body) {
        return requests.post(
                sendUri,
                Map.of("Authorization", "Bearer " + token.value(), "Content-Type", "application/json; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private String body(Device device, PushMessage message) {
        var root = JsonNodeFactory.instance.objectNode();
        var json = root.putObject("message").put("token", device.token());
        json.putObject("notification").put("title", message.title()).put("body", message.body());
        var data = json.putObject("data");
        message.sortedData().forEach(data::put);
        putAndroid(json, message);
        json.putObject("apns")
                .putObject("headers")
                .put("apns-collapse-id", message.topic())
                .put("apns-priority", message.isUrgent() ? "10" : "5")
                .put(
                        "apns-expiration",
                        Long.toString(clock.instant().plus(message.expiresIn()).getEpochSecond()));
        var webpush = json.putObject("webpush");
        webpush.putObject("headers")
                .put("TTL", Long.toString(message.expiresIn().toSeconds()))
                .put("Urgency", message.isUrgent() ? "high" : "normal")
                .put("Topic", message.topic());
        webpush.putObject("notification").put("tag", message.topic());
        return root.toString();
    }

    private static void putAndroid(ObjectNode json, PushMessage message) {
        json.putObject("android")
                .put("collapse_key", message.topic())
                .put("priority", message.isUrgent() ? "HIGH" : "NORMAL")
                .put("ttl", message.expiresIn().toSeconds() + "s")
                .putObject("notification")
                .put("tag", message.topic());
    }

    private static PushResult result(Answer answer) {
        return switch (answer) {
            case Answer.NoResponse(var reason) -> new PushResult.Failed(reason);
            case Answer.Forbidden() -> new PushResult.Failed("the service is in a private network");
            case Answer.Response response -> result(response);
        };
    }

    private static PushResult result(Answer.Response response) {
        var status = response.status();
        var json = parse(response.body());
        if (status == PushRequests.OK) {
            return json.path("name").isTextual()
                    ? new PushResult.Sent()
                    : new PushResult.Failed("status 200 without a name (expected: the name of the message)");
        }
        var error = json.path("error");
        if (isUnregistered(error)) {
            return new PushResult.Gone("the app is not registered any more");
        }
        if (isBadToken(error)) {
            return new PushResult.Gone("the token is none of FCM");
        }
        var isFinal = (status == BAD_REQUEST && error.path("status").asText().equals("INVALID_ARGUMENT"))
                || errorCode(error).equals("SENDER_ID_MISMATCH");
        return isFinal
                ? new PushResult.Rejected(response.describe())
                : new PushResult.Failed(
                        response.describe(), response.retryAfter().orElse((Duration) null));
    }

    /// Only with the service's own code: a wrong project answers 404 as well, and every device would be deleted.
    private static boolean isUnregistered(JsonNode error) {
        return errorCode(error).equals("UNREGISTERED");
    }

    private static boolean isBadToken(JsonNode error) {
        if (!error.path("status").asText().equals("INVALID_ARGUMENT")) {
            return false;
        }
        for (var detail : error.path("details")) {
            for (var violation : detail.path("fieldViolations")) {
                return violation.path("field").asText().equals("message.token");
            }
        }
        return errorCode(error).equals("INVALID_ARGUMENT")
                && error.path("message").asText().contains("registration token");
    }

    private static String errorCode(JsonNode error) {
        for (var detail : error.path("details")) {
            if (detail.path("errorCode").isTextual()) {
                return detail.path("errorCode").asText();
            }
        }
        return "";
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.missingNode(); // a proxy answered in the service's place
        }
    }

    @Override
    public void close() {
        requests.close();
    }
}
