package waybill.cli.traffic;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// The REST API of a hub. Responses are passed to `thread`.
final class HubApi implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// How long the token of a user is valid: longer than a demo runs.
    private static final Duration TOKEN_VALID = Duration.ofDays(30);

    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI hub;
    private final Executor thread;

    HubApi(URI hub, Executor thread) {
        this.hub = hub;
        this.thread = thread;
    }

    /// What became of a request.
    sealed interface Response {
        record Done(JSONObject body) implements Response {}

        /// Sent again, it would be rejected again.
        record Rejected(int status) implements Response {}

        /// The hub could not be reached, or is too busy.
        record Failed() implements Response {}
    }

    /// @param token of the user; empty for a request that needs none
    record Request(String method, String path, String token, Optional<JSONObject> body) {

        static Request get(String path, String token) {
            return new Request("GET", path, token, Optional.empty());
        }

        static Request of(String method, String path, String token, JSONObject body) {
            return new Request(method, path, token, Optional.of(body));
        }

        static Request token(JSONObject user) {
            return of("POST", "/api/v1/tokens", "", user.put("expiresInSeconds", TOKEN_VALID.toSeconds()));
        }

        static Request status(String order, String token, JSONObject status) {
            return of("PATCH", "/api/v1/orders/" + order + "/status", token, status);
        }
    }

    void send(Request request, Consumer<Response> onResponse) {
        var message = HttpRequest.newBuilder(hub.resolve(request.path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(
                        request.method,
                        request.body
                                .map(body -> HttpRequest.BodyPublishers.ofString(body.toString()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody));
        if (!request.token.isEmpty()) {
            message.header("Authorization", "Bearer " + request.token);
        }
        http.sendAsync(message.build(), HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null ? response(response) : new Response.Failed())
                .thenAccept(response -> thread.execute(() -> onResponse.accept(response)));
    }

    private static Response response(@Nullable HttpResponse<String> response) {
        if (response == null) {
            return new Response.Failed();
        }
        var status = response.statusCode();
        if (status == TOO_MANY_REQUESTS || status >= 500) {
            return new Response.Failed();
        }
        if (status >= 300) {
            return new Response.Rejected(status);
        }
        try {
            return new Response.Done(new JSONObject(response.body()));
        } catch (JSONException _) {
            return new Response.Failed();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
