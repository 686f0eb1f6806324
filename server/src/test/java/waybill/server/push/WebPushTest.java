package waybill.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.server.push.FakePushServer.reply;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Device;
import waybill.directory.WebSubscription;
import waybill.server.outbound.AddressGuard;
import waybill.server.outbound.GuardedHttp;
import waybill.server.outbound.Resolver;

class WebPushTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final URI CONTACT = URI.create("mailto:operator@shop.example");
    private static final PushMessage MESSAGE = new PushMessage(
            "On its way", "Kari has your order ✓", Map.of("orderId", "o-1"), "topic-1", Duration.ofHours(1), true);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final FakePushServer service = new FakePushServer();
    private final SecureRandom random = new SecureRandom();

    @AfterEach
    void close() {
        service.close();
    }

    private PushResult push(WebSubscription subscription, boolean isPermitted) {
        return push(subscription, isPermitted, Resolver.ofMachine());
    }

    private PushResult push(WebSubscription subscription, boolean isPermitted, Resolver resolver) {
        var clock = InstantSource.fixed(NOON);
        var tokens = new VapidTokens(VapidKey.loadOrCreate(data, random), CONTACT, clock);
        try (var push = new WebPush(tokens, random, FakePushServer.requests(isPermitted, clock, resolver))) {
            return push.push(device(subscription), MESSAGE)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static Device device(WebSubscription subscription) {
        return new Device(subscription.endpoint(), new UserId(Role.CUSTOMER, "7"), "web", NOON, subscription, null);
    }

    private TestBrowser browser() {
        return new TestBrowser(service.base().resolve("/send/abc"));
    }

    @Test
    void aBrowserReceivesTheMessageUnderTheSignatureOfTheHub() throws ParseException, JOSEException {
        var browser = browser();
        assertThat(push(browser.subscription(), true)).isEqualTo(new PushResult.Sent());
        var request = service.take();
        assertThat(browser.decrypt(request.body()))
                .isEqualTo("{\"title\":\"On its way\",\"body\":\"Kari has your order ✓\",\"tag\":\"topic-1\","
                        + "\"data\":{\"orderId\":\"o-1\"}}");
        assertThat(request.path()).isEqualTo("/send/abc");
        assertThat(request.headers())
                .containsEntry("TTL", "3600")
                .containsEntry("Urgency", "high")
                .containsEntry("Topic", "topic-1")
                .containsEntry("Content-Encoding", "aes128gcm");
        var key = VapidKey.loadOrCreate(data, random);
        var authorization = request.header("Authorization");
        assertThat(authorization).startsWith("vapid t=").endsWith(", k=" + key.publicKey());
        var token = SignedJWT.parse(authorization.substring("vapid t=".length(), authorization.indexOf(',')));
        assertThat(token.verify(new ECDSAVerifier(key.key().toPublicJWK()))).isTrue();
        assertThat(token.getJWTClaimsSet().getAudience())
                .containsExactly(service.base().toString());
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(CONTACT.toString());
        assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
                .isEqualTo(NOON.plus(VapidTokens.EXPIRES_IN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            201 | Sent
            204 | Sent
            404 | Gone
            410 | Gone
            400 | Rejected
            403 | Rejected
            413 | Rejected
            302 | Failed
            408 | Failed
            429 | Failed
            500 | Failed
            503 | Failed
            """)
    void eachStatusHasItsResult(int status, String result) {
        service.answers(_ -> reply(status, "", "Location", "/elsewhere", "Retry-After", "7"));
        var got = push(browser().subscription(), true);
        assertThat(got.getClass().getSimpleName()).isEqualTo(result);
        assertThat(service.all()).as("no redirect is followed").hasSize(1);
        if (got instanceof PushResult.Failed failed) {
            assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void aServiceThatAsksForMoreTimeGetsItWithinALimit() {
        service.answers(_ -> reply(429, "", "Retry-After", "Sat, 31 Jan 2026 12:00:09 GMT"));
        assertThat(push(browser().subscription(), true))
                .isEqualTo(new PushResult.Failed("status 429", Duration.ofSeconds(9)));
        service.answers(_ -> reply(429, "", "Retry-After", "999999999"));
        assertThat(push(browser().subscription(), true))
                .isEqualTo(new PushResult.Failed("status 429", Duration.ofHours(1)));
        service.answers(_ -> reply(429, "", "Retry-After", "soon"));
        assertThat(push(browser().subscription(), true)).isEqualTo(new PushResult.Failed("status 429"));
    }

    @Test
    void aServiceThatHangsOrBreaksOffHasFailed() {
        service.answers(_ -> new FakePushServer.Reply.Hang());
        assertThat(push(browser().subscription(), true)).isEqualTo(new PushResult.Failed("no response in 2000 ms"));
        service.answers(_ -> new FakePushServer.Reply.Half());
        assertThat(push(browser().subscription(), true)).isEqualTo(new PushResult.Failed("no response in 2000 ms"));
        service.answers(_ -> new FakePushServer.Reply.Abort());
        assertThat(push(browser().subscription(), true)).isInstanceOf(PushResult.Failed.class);
        service.answers(_ -> reply(200, "x".repeat(GuardedHttp.RESPONSE_BYTES_MAX + 1)));
        assertThat(push(browser().subscription(), true)).isInstanceOf(PushResult.Failed.class);
    }

    @Test
    void anEndpointInAPrivateNetworkIsNotCalled() {
        assertThat(push(browser().subscription(), false))
                .isEqualTo(new PushResult.Rejected(
                        "endpoint: 127.0.0.1 is in a private network (expected: a push service)"));
        assertThat(service.all()).isEmpty();
    }

    @Test
    void aNameThatLeadsToAPrivateNetworkWhenTheHubConnectsIsNotCalled() {
        var named = new TestBrowser(
                        URI.create("http://push.example:" + service.base().getPort() + "/send/abc"))
                .subscription();
        var inside =
                new PushResult.Rejected("endpoint: push.example is in a private network (expected: a push service)");
        assertThat(WebPush.problem(new AddressGuard(true, false), named.endpoint()))
                .isEmpty();
        assertThat(push(named, false, _ -> addresses("127.0.0.1"))).isEqualTo(inside);
        assertThat(push(named, false, _ -> addresses("1.1.1.1", "127.0.0.1"))).isEqualTo(inside);
        assertThat(service.all()).isEmpty();
    }

    @Test
    void theHubConnectsToTheAddressThatItHasChecked() {
        var asked = new AtomicInteger();
        var named = new TestBrowser(
                        URI.create("http://push.invalid:" + service.base().getPort() + "/send/abc"))
                .subscription();
        assertThat(push(named, true, _ -> {
                    asked.incrementAndGet();
                    return addresses("127.0.0.1"); // the name has no address elsewhere
                }))
                .isEqualTo(new PushResult.Sent());
        assertThat(asked).hasValue(1);
        assertThat(service.take().header("Host")).startsWith("push.invalid:");
    }

    private static InetAddress[] addresses(String... literals) {
        return Stream.of(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    @Test
    void theKeyOutlivesARestartAndIsItsOwnersAlone() throws IOException {
        var key = VapidKey.loadOrCreate(data, random);
        assertThat(VapidKey.loadOrCreate(data, random).publicKey()).isEqualTo(key.publicKey());
        assertThat(key.toString()).doesNotContain(key.key().getD().toString());
        var file = data.resolve(VapidKey.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> VapidKey.loadOrCreate(data, random)).hasMessageContaining("rw-r--r-- (expected: rw");
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> VapidKey.loadOrCreate(data, random)).hasMessageContaining("no key in it");
    }

    @Test
    void keysThatAreNoneOfABrowserAreRejected() {
        var good = browser().subscription();
        WebPush.requireValid(good);
        assertThatThrownBy(() -> WebPush.requireValid(new WebSubscription(good.endpoint(), "AAAA", good.auth())))
                .hasMessageStartingWith("p256dh: 3 bytes (expected");
        assertThatThrownBy(() -> WebPush.requireValid(new WebSubscription(good.endpoint(), "ø", good.auth())))
                .hasMessageStartingWith("p256dh: not base64url");
        assertThatThrownBy(() -> WebPush.requireValid(new WebSubscription(good.endpoint(), good.p256dh(), "AAAA")))
                .hasMessage("auth: 3 bytes (expected: 16)");
        assertThat(Base64.getUrlDecoder().decode(good.auth())).hasSize(16);
    }
}
