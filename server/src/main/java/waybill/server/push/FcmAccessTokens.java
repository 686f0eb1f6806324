package waybill.server.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.server.push.PushRequests.Answer;

/// The access token of the service account: fetched when there is none or it is about to expire, by one request at a
/// time, which all messages share. Guarded by its monitor.
final class FcmAccessTokens {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final Duration ASSERTION_EXPIRES_IN = Duration.ofHours(1);

    /// A token with less time left is replaced.
    static final Duration REPLACED_BEFORE = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FcmCredentials credentials;
    private final PushRequests requests;
    private final InstantSource clock;
    private @Nullable CompletableFuture<Result> current;

    FcmAccessTokens(FcmCredentials credentials, PushRequests requests, InstantSource clock) {
        this.credentials = credentials;
        this.requests = requests;
        this.clock = clock;
    }

    /// A token, or why there is none.
    sealed interface Result {

        record Token(String value, Instant expiresAt) implements Result {

            @Override
            public String toString() {
                return "Token[until " + expiresAt + "]";
            }
        }

        record NoToken(String reason) implements Result {}
    }

    synchronized CompletableFuture<Result> find() {
        var known = current;
        if (known == null || (known.isDone() && !isUsable(known.join()))) {
            known = fetch();
            current = known;
        }
        return known;
    }

    /// The service does not take this token: unless it is replaced already, the next message fetches another.
    synchronized void invalidate(Result.Token rejected) {
        if (current != null && current.isDone() && rejected.equals(current.join())) {
            current = null;
        }
    }

    private boolean isUsable(Result result) {
        return switch (result) {
            case Result.Token(var _, var expiresAt) ->
                expiresAt.minus(REPLACED_BEFORE).isAfter(clock.instant());
            case Result.NoToken _ -> false;
        };
    }

    private CompletableFuture<Result> fetch() {
        var now = clock.instant();
        var form = "grant_type=" + encode(GRANT) + "&assertion=" + encode(assertion(now));
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
        return requests.post(credentials.tokenUri(), headers, form.getBytes(StandardCharsets.UTF_8))
                .thenApply(answer -> parse(answer, now));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String assertion(Instant now) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(com.nimbusds.jose.JOSEObjectType.JWT)
                .keyID(credentials.keyId())
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(credentials.clientEmail())
                .audience(credentials.tokenUri().toString())
                .claim("scope", SCOPE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION_EXPIRES_IN)))
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(credentials.key()));
        } catch (JOSEException e) {
            throw new IllegalStateException("fcm-credentials: the key cannot sign: " + e.getMessage(), e);
        }
        return token.serialize();
    }

    private static Result parse(Answer answer, Instant requestedAt) {
        return switch (answer) {
            case Answer.NoResponse(var reason) -> new Result.NoToken("access token: " + reason);
            case Answer.Forbidden() -> new Result.NoToken("access token: the service is in a private network");
            case Answer.Response(var status, var body, var _)
            when status == PushRequests.OK -> parse(body, requestedAt);
            case Answer.Response(var status, var _, var _) ->
                new Result.NoToken("access token: status " + status + " (expected: 200)");
        };
    }

    private static Result parse(String body, Instant requestedAt) {
        try {
            var json = JSON.readTree(body);
            var token = json.path("access_token").asText();
            var expiresIn = json.path("expires_in").asLong();
            return token.isBlank() || expiresIn <= 0
                    ? new Result.NoToken("access token: none in the response (expected: access_token, expires_in)")
                    : new Result.Token(token, requestedAt.plusSeconds(expiresIn));
        } catch (JsonProcessingException _) {
            return new Result.NoToken("access token: the response is not JSON");
        }
    }
}
