package waybill.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.server.push.FakePushServer.reply;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Device;
import waybill.server.push.FakePushServer.Reply;
import waybill.server.push.FakePushServer.Request;

class FcmTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Device PHONE = new Device("phone-1", new UserId(Role.CUSTOMER, "7"), "android", NOON);
    private static final PushMessage MESSAGE = new PushMessage(
            "On its way",
            "Kari has your order",
            Map.of("orderId", "o-1", "eventId", "12", "type", "picked_up"),
            "topic-1",
            Duration.ofHours(1),
            true);
    private static final String SENT = "{\"name\": \"projects/shop/messages/1\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final FakePushServer service = new FakePushServer();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicInteger tokens = new AtomicInteger();

    @AfterEach
    void close() {
        service.close();
    }

    private Fcm fcm() {
        var file = TestServiceAccount.write(folder, service.base());
        return new Fcm(FcmCredentials.load(file), service.base(), now::get, FakePushServer.requests(true, now::get));
    }

    /// Issues tokens `t1`, `t2` …, and answers messages as given.
    private void answers(Function<Request, Reply> messages) {
        service.answers(request -> request.path().equals("/token")
                ? reply(200, "{\"access_token\": \"t%d\", \"expires_in\": 3600}".formatted(tokens.incrementAndGet()))
                : messages.apply(request));
    }

    private static PushResult push(Fcm fcm) {
        return fcm.push(PHONE, MESSAGE).orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void anAppReceivesANotificationWithItsData() {
        answers(_ -> reply(200, SENT));
        try (var fcm = fcm()) {
            assertThat(push(fcm)).isEqualTo(new PushResult.Sent());
        }
        service.take();
        var request = service.take();
        assertThat(request.path()).isEqualTo("/v1/projects/shop/messages:send");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer t1");
        assertThat(request.text()).isEqualTo("""
                {"message":{"token":"phone-1","notification":{"title":"On its way","body":"Kari has your order"},\
                "data":{"eventId":"12","orderId":"o-1","type":"picked_up"},\
                "android":{"collapse_key":"topic-1","priority":"HIGH","ttl":"3600s","notification":{"tag":"topic-1"}},\
                "apns":{"headers":{"apns-collapse-id":"topic-1","apns-priority":"10","apns-expiration":"1769864400"}},\
                "webpush":{"headers":{"TTL":"3600","Urgency":"high","Topic":"topic-1"},"notification":{"tag":"topic-1"}}}}""");
    }

    @Test
    void theAccessTokenIsAskedForWithASignedAssertion() throws ParseException {
        answers(_ -> reply(200, SENT));
        try (var fcm = fcm()) {
            push(fcm);
        }
        var form = service.take().text();
        assertThat(form).startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
        var assertion = URLDecoder.decode(form.substring(form.lastIndexOf('=') + 1), StandardCharsets.UTF_8);
        var token = SignedJWT.parse(assertion);
        assertThat(TestServiceAccount.hasSigned(token)).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("hub@shop.iam.gserviceaccount.com");
        assertThat(claims.getAudience()).containsExactly(service.base() + "/token");
        assertThat(claims.getStringClaim("scope")).isEqualTo("https://www.googleapis.com/auth/firebase.messaging");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(NOON.plusSeconds(3_600));
    }

    @Test
    void manyMessagesShareOneAccessTokenUntilItExpires() {
        answers(_ -> reply(200, SENT));
        try (var fcm = fcm()) {
            CompletableFuture.allOf(IntStream.range(0, 20)
                            .mapToObj(_ -> fcm.push(PHONE, MESSAGE))
                            .toArray(CompletableFuture[]::new))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            assertThat(tokens).hasValue(1);
            now.set(NOON.plusSeconds(3_600)
                    .minus(FcmAccessTokens.REPLACED_BEFORE)
                    .plusMillis(1));
            push(fcm);
            assertThat(tokens).hasValue(2);
        }
    }

    @Test
    void aRejectedAccessTokenIsReplacedOnce() {
        answers(request -> request.header("Authorization").equals("Bearer t1") ? reply(401, "{}") : reply(200, SENT));
        try (var fcm = fcm()) {
            assertThat(push(fcm)).isEqualTo(new PushResult.Sent());
            assertThat(tokens).hasValue(2);
            answers(_ -> reply(401, "{}"));
            assertThat(push(fcm)).isEqualTo(new PushResult.Failed("status 401: {}"));
            assertThat(service.all().stream().filter(request -> request.path().endsWith(":send")))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | {"error": {"code": 404, "status": "NOT_FOUND", "details": [{"errorCode": "UNREGISTERED"}]}} | Gone
            404 | {"error": {"code": 404, "status": "NOT_FOUND", "message": "no such project"}} | Failed
            404 | <html>not here</html> | Failed
            400 | {"error": {"status": "INVALID_ARGUMENT", "details": [{"errorCode": "INVALID_ARGUMENT"}, {"fieldViolations": [{"field": "message.token"}]}]}} | Gone
            400 | {"error": {"status": "INVALID_ARGUMENT", "message": "The registration token is not a valid FCM registration token", "details": [{"errorCode": "INVALID_ARGUMENT"}]}} | Gone
            400 | {"error": {"status": "INVALID_ARGUMENT", "details": [{"fieldViolations": [{"field": "message.data[0].value"}]}]}} | Rejected
            400 | {"error": {"status": "INVALID_ARGUMENT"}} | Rejected
            403 | {"error": {"status": "PERMISSION_DENIED", "details": [{"errorCode": "SENDER_ID_MISMATCH"}]}} | Rejected
            403 | {"error": {"status": "PERMISSION_DENIED"}} | Failed
            429 | {"error": {"status": "RESOURCE_EXHAUSTED", "details": [{"errorCode": "QUOTA_EXCEEDED"}]}} | Failed
            500 | {"error": {"status": "INTERNAL"}} | Failed
            502 | <!DOCTYPE html> | Failed
            200 | <html>login</html> | Failed
            200 | [1, 2 | Failed
            307 | `` | Failed
            """)
    void eachAnswerHasItsResult(int status, String body, String result) {
        answers(_ -> reply(status, body, "Retry-After", "7", "Location", service.base() + "/elsewhere"));
        try (var fcm = fcm()) {
            var got = push(fcm);
            assertThat(got.getClass().getSimpleName()).as(got.toString()).isEqualTo(result);
            if (status == 429) {
                assertThat(((PushResult.Failed) got).retryAfter()).contains(Duration.ofSeconds(7));
            }
        }
        assertThat(service.all()).as("no redirect is followed").hasSize(2);
    }

    @Test
    void aServiceThatHangsHasFailed() {
        answers(_ -> new Reply.Hang());
        try (var fcm = fcm()) {
            assertThat(push(fcm)).isEqualTo(new PushResult.Failed("no response in 2000 ms"));
            answers(_ -> new Reply.Half());
            assertThat(push(fcm)).isEqualTo(new PushResult.Failed("no response in 2000 ms"));
        }
    }

    @Test
    void withoutAnAccessTokenTheMessageWaits() {
        var replies = new Reply[] {
            reply(500, "{}"), reply(200, "{}"), reply(200, "<html>"), new Reply.Hang(), reply(302, "", "Location", "/")
        };
        var reasons = new String[] {
            "access token: status 500 (expected: 200)",
            "access token: none in the response (expected: access_token, expires_in)",
            "access token: the response is not JSON",
            "access token: no response in 2000 ms",
            "access token: status 302 (expected: 200)"
        };
        try (var fcm = fcm()) {
            for (var i = 0; i < replies.length; i++) {
                var next = replies[i];
                service.answers(_ -> next);
                assertThat(push(fcm)).isEqualTo(new PushResult.Failed(reasons[i]));
            }
            answers(_ -> reply(200, SENT));
            assertThat(push(fcm)).as("a failure is not remembered").isEqualTo(new PushResult.Sent());
        }
    }

    @Test
    void aFileThatIsNoServiceAccountIsRejectedWithoutItsContent() {
        var file = TestServiceAccount.write(folder, service.base());
        assertThat(FcmCredentials.load(file).toString()).isEqualTo("FcmCredentials[hub@shop.iam.gserviceaccount.com]");
        assertThatThrownBy(() -> FcmCredentials.load(folder.resolve("none"))).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> FcmCredentials.load(rewrite(file, "{\"secret\"")))
                .hasMessageContaining("is not JSON")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> FcmCredentials.load(rewrite(file, "{\"project_id\": \"p\"}")))
                .hasMessageContaining("has no client_email");
    }

    private static Path rewrite(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
