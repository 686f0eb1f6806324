package waybill.cli.simulation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import org.json.JSONException;
import org.json.JSONObject;
import waybill.access.Principal;

/// Tokens that a hub in development mode issues on request.
public final class DevelopmentTokens implements Function<Principal, String> {

    /// How long a token is valid: longer than a simulation.
    public static final Duration VALID = Duration.ofDays(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI hub;

    public DevelopmentTokens(URI hub) {
        this.hub = hub;
    }

    @Override
    public String apply(Principal user) {
        var body = new JSONObject()
                .put("userId", user.id())
                .put("role", user.role().wireName())
                .put("expiresInSeconds", VALID.toSeconds());
        user.store().ifPresent(store -> body.put("store", store));
        var request = HttpRequest.newBuilder(hub.resolve("/api/v1/tokens"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new JSONObject(response.body()).getString("token");
        } catch (IOException e) {
            throw new IllegalArgumentException("url: " + hub + " cannot be reached: " + e, e);
        } catch (JSONException e) {
            throw new IllegalArgumentException(
                    "url: " + hub + " issues no tokens (expected: a hub in development mode, or the secret of its"
                            + " tokens: --jwt-secret-file)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
