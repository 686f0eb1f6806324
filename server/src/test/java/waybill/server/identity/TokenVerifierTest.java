package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// Tokens that are signed with a shared secret, and what they claim.
class TokenVerifierTest {

    private static final String SECRET = "thirty-two bytes, of which nobody knows";
    private static final Principal KARI = new Principal("kari", Role.DRIVER, "Kari", "+47 1", null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final ManualClock time = new ManualClock();
    private final Revocations revocations = Revocations.inMemory();

    @Test
    void aValidTokenYieldsItsPrincipal() {
        var token = new TokenIssuer(Secret.of(SECRET), time).issue(new Grant(KARI, Duration.ofHours(1)));
        assertThat(identity().verify(Optional.of(token)).toCompletableFuture())
                .isCompletedWithValue(new Verified(KARI, ManualClock.NOON, ManualClock.NOON.plusSeconds(3_600)));
    }

    @Test
    void aTokenOfAnotherSecretIsRejected() {
        var token = new TokenIssuer(Secret.of(SECRET + "?"), time).issue(new Grant(KARI, Duration.ofHours(1)));
        assertThat(rejection(token)).startsWith("signature: does not match");
    }

    @Test
    void textThatIsNoTokenIsRejected() {
        assertThat(verified(identity(), Optional.empty()))
                .isEqualTo(Rejected.unauthenticated(
                        "token: missing (expected: auth.token, query token or the Authorization header)"));
        assertThat(rejection("x".repeat(TokenVerifier.TOKEN_MAX + 1)))
                .isEqualTo("token: 16385 characters (expected: at most 16384)");
        assertThat(rejection("not.a.token")).isEqualTo("token: not a signed JWT (expected: header.payload.signature)");
    }

    @Test
    void aTokenWithoutASignatureIsNone() {
        var unsigned = new PlainJWT(claims(UnaryOperator.identity())).serialize();
        assertThat(rejection(unsigned)).startsWith("token: not a signed JWT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void onlyOneAlgorithmIsTakenWithASecret(String algorithm) throws JOSEException {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.parse(algorithm)), claims(UnaryOperator.identity()));
        token.sign(new MACSigner("x".repeat(64)));
        assertThat(rejection(token.serialize())).isEqualTo("alg: " + algorithm + " (expected: HS256)");
    }

    @ParameterizedTest(name = "{0} s after it expired")
    @CsvSource({"-1, true", "0, true", "29, true", "30, false", "31, false"})
    void anExpiredTokenIsGoodForTheSkewOfTheClocks(long seconds, boolean good) {
        var expired = ManualClock.NOON.minusSeconds(seconds);
        assertThat(isVerified(claims -> claims.expirationTime(Date.from(expired))))
                .isEqualTo(good);
    }

    @Test
    void theSkewEndsToTheMillisecond() {
        var tokenVerifier = identity();
        var token = signed(claims -> claims.expirationTime(Date.from(ManualClock.NOON)));
        time.advance(TokenVerifier.CLOCK_SKEW.minusMillis(1));
        assertThat(verified(tokenVerifier, Optional.of(token))).isInstanceOf(Verified.class);
        time.advance(Duration.ofMillis(1));
        assertThat(verified(tokenVerifier, Optional.of(token)))
                .isEqualTo(Rejected.unauthenticated("exp: 2026-01-31T12:00:00Z (expected: later than now)"));
    }

    @ParameterizedTest(name = "{0} s before it is good")
    @CsvSource({"0, true", "30, true", "31, false"})
    void aTokenIsNotGoodTooEarly(long seconds, boolean good) {
        var begins = Date.from(ManualClock.NOON.plusSeconds(seconds));
        assertThat(isVerified(claims -> claims.notBeforeTime(begins))).isEqualTo(good);
        assertThat(isVerified(claims -> claims.issueTime(begins))).isEqualTo(good);
    }

    @Test
    void aTokenForAnotherAudienceIsRejected() {
        var tokenVerifier = start(shared().withIssuer("https://id.example").withAudience("waybill"));
        assertThat(verified(tokenVerifier, Optional.of(signed(UnaryOperator.identity()))))
                .isEqualTo(Rejected.unauthenticated("iss: missing (expected: https://id.example)"));
        assertThat(verified(
                        tokenVerifier,
                        Optional.of(signed(
                                claims -> claims.issuer("https://id.example").audience(List.of("shop", "bank"))))))
                .isEqualTo(Rejected.unauthenticated("aud: shop, bank (expected: waybill)"));
        assertThat(verified(
                        tokenVerifier,
                        Optional.of(signed(
                                claims -> claims.issuer("https://id.example").audience(List.of("shop", "waybill"))))))
                .isInstanceOf(Verified.class);
    }

    @Test
    void claimsMayStandElsewhere() {
        var names = new ClaimNames("uid", "realm_access.roles|roles.0|role", "profile.name", "phone", "tenant");
        var tokenVerifier = start(shared().withClaims(names));
        var nested = signed(claims -> claims.claim("uid", 17)
                .claim("realm_access", Map.of("roles", List.of("offline_access", "Vendor", "admin")))
                .claim("profile", Map.of("name", "Acme"))
                .claim("tenant", "acme-widgets"));
        assertThat(principal(tokenVerifier, nested))
                .isEqualTo(new Principal("17", Role.MERCHANT, "Acme", null, "acme-widgets"));
        var listed = signed(claims -> claims.claim("uid", "u").claim("roles", List.of("support", "admin")));
        assertThat(principal(tokenVerifier, listed)).isEqualTo(new Principal("u", Role.SUPPORT, null, null, null));
        var namespaced = start(shared().withClaims(new ClaimNames("sub", "https://id.example/role", "n", "p", "s")));
        assertThat(principal(namespaced, signed(claims -> claims.claim("https://id.example/role", "delivery"))))
                .isEqualTo(new Principal("kari", Role.DRIVER, null, null, null));
    }

    @Test
    void aMerchantWithoutAStoreIsItsOwn() {
        var merchant = signed(claims -> claims.subject("acme").claim("role", "chef"));
        assertThat(principal(identity(), merchant)).isEqualTo(new Principal("acme", Role.MERCHANT, null, null, "acme"));
        var driver = signed(claims -> claims.claim("store", "acme"));
        assertThat(principal(identity(), driver).store()).isEmpty();
    }

    @Test
    void whatATokenLacksIsNamed() {
        assertThat(rejection(signed(claims -> claims.subject(null)))).isEqualTo("sub: missing (expected: text)");
        assertThat(rejection(signed(claims -> claims.subject("x".repeat(201)))))
                .isEqualTo("sub: 201 characters (expected: 1..200)");
        assertThat(rejection(signed(claims -> claims.claim("role", null))))
                .isEqualTo("role: missing (expected: customer, merchant, driver, admin or support)");
        assertThat(rejection(signed(claims -> claims.claim("role", "boss"))))
                .isEqualTo("role: boss (expected: customer, merchant, driver, admin or support)");
        assertThat(rejection(signed(claims -> claims.claim("role", List.of("boss", 7)))))
                .startsWith("role: [boss, 7] (expected: customer");
        assertThat(rejection(signed(claims -> claims.claim("name", Map.of("first", "Kari")))))
                .isEqualTo("name: neither text nor a whole number (expected: one of them)");
        assertThat(rejection(signed(claims -> claims.claim("exp", "tomorrow")))).startsWith("token: its claims cannot");
    }

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "9007199254740993, 9007199254740993",
        "9223372036854775808, 9223372036854775808",
        "9223372036854775809, 9223372036854775809",
        "12345678901234567890123, 12345678901234567890123",
        "-1, -1"
    })
    void aNumericIdKeepsItsDigits(String number, String id) {
        assertThat(principal(identity(), raw("{\"sub\":" + number + ",\"role\":\"driver\"}"))
                        .id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.5", "17.0", "1e2", "1E400", "true", "[17]", "{}"})
    void anIdIsTextOrAWholeNumber(String nonsense) {
        assertThat(rejection(raw("{\"sub\":" + nonsense + ",\"role\":\"driver\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iat"})
    void timesAreSecondsAndNotMilliseconds(String name) {
        for (var time : List.of("1769860800123", "100000000000", "9e18", "9223372036854775807", "1e400", "-1")) {
            assertThat(rejection(raw("{\"sub\":\"u\",\"role\":\"driver\",\"" + name + "\":" + time + "}")))
                    .as(name + " " + time)
                    .matches("(?s)(" + name + ": .*expected: seconds since 1970; milliseconds.*"
                            + "|token: its claims cannot be read.*)");
        }
    }

    @Test
    void aTimeMayHaveAFraction() {
        var soon = ManualClock.NOON.getEpochSecond() + 1 + ".5";
        var token = raw("{\"sub\":\"u\",\"role\":\"driver\",\"exp\":" + soon + "}");
        assertThat(((Verified) verified(identity(), Optional.of(token))).expiresAt())
                .contains(ManualClock.NOON.plusMillis(1_500));
    }

    @Test
    void aTokenMayBeRequiredToExpire() {
        var strict = start(shared().withRequireExpiry(true));
        assertThat(verified(strict, Optional.of(signed(UnaryOperator.identity()))))
                .isEqualTo(Rejected.unauthenticated("exp: missing (expected: when the token expires)"));
        var expiring = signed(claims -> claims.expirationTime(Date.from(ManualClock.NOON.plusSeconds(60))));
        assertThat(verified(strict, Optional.of(expiring))).isInstanceOf(Verified.class);
    }

    private static String raw(String claims) {
        try {
            var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void revokedTokensAreRejectedAndLaterOnesAccepted() {
        var tokenVerifier = identity();
        var old = signed(claims -> claims.issueTime(Date.from(ManualClock.NOON)));
        var timeless = signed(UnaryOperator.identity());
        assertThat(verified(tokenVerifier, Optional.of(timeless))).isInstanceOf(Verified.class);
        revocations
                .revoke(Set.of(KARI.user()), ManualClock.NOON)
                .toCompletableFuture()
                .join();
        revocations
                .revoke(Set.of(KARI.user()), Instant.EPOCH)
                .toCompletableFuture()
                .join();
        var rejected = Rejected.unauthenticated("token: revoked (expected: one that was issued later)");
        assertThat(verified(tokenVerifier, Optional.of(old))).isEqualTo(rejected);
        assertThat(verified(tokenVerifier, Optional.of(timeless))).isEqualTo(rejected);
        var later = signed(claims -> claims.issueTime(Date.from(ManualClock.NOON.plusSeconds(1))));
        assertThat(verified(tokenVerifier, Optional.of(later))).isInstanceOf(Verified.class);
        var another = signed(claims -> claims.subject("ola"));
        assertThat(verified(tokenVerifier, Optional.of(another))).isInstanceOf(Verified.class);
    }

    @Test
    void aCorruptedTokenIsRejectedWithoutAnError() {
        var tokenVerifier = identity();
        var token = signed(claims -> claims.claim("note", "ø".repeat(50)));
        var random = new SplittableRandom(17);
        for (var run = 0; run < 5_000; run++) {
            var spoiled = new StringBuilder(token);
            var at = random.nextInt(token.length() - 1); // the last character may hold bits that say nothing
            spoiled.setCharAt(at, (char) random.nextInt(33, 127));
            if (!spoiled.toString().equals(token)) {
                assertThat(verified(tokenVerifier, Optional.of(spoiled.toString())))
                        .as("%s", spoiled)
                        .isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void aSecretIsLongEnoughAndDoesNotShowItself() {
        assertThatThrownBy(() -> Secret.of("short")).hasMessage("jwt-secret: 5 bytes (expected: at least 32)");
        assertThat(shared().toString()).doesNotContain("thirty-two");
    }

    private IdentityConfig shared() {
        return IdentityConfig.of(new Trust.SharedSecret(Secret.of(SECRET + "\n")));
    }

    private TokenVerifier identity() {
        return start(shared());
    }

    private TokenVerifier start(IdentityConfig config) {
        return TokenVerifier.start(config, data, revocations, time, new SecureRandom());
    }

    private boolean isVerified(UnaryOperator<JWTClaimsSet.Builder> more) {
        return verified(identity(), Optional.of(signed(more))) instanceof Verified;
    }

    private String rejection(String token) {
        var rejected = (Rejected) verified(identity(), Optional.of(token));
        assertThat(rejected.code()).isEqualTo("unauthenticated");
        assertThat(rejected.message()).doesNotContain(token);
        return rejected.message();
    }

    private static Principal principal(TokenVerifier tokenVerifier, String token) {
        return ((Verified) verified(tokenVerifier, Optional.of(token))).principal();
    }

    /// With a shared secret no request waits.
    private static Verification verified(TokenVerifier tokenVerifier, Optional<String> token) {
        return tokenVerifier.verify(token).toCompletableFuture().resultNow();
    }

    private static String signed(UnaryOperator<JWTClaimsSet.Builder> more) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(more));
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> more) {
        return more.apply(new JWTClaimsSet.Builder().subject("kari").claim("role", "driver"))
                .build();
    }
}
