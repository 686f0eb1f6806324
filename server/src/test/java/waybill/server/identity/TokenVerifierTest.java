package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// Tokens that are signed with a shared secret, and what they claim.
class TokenVerifierTest extends TokenScenario {

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
    void aSignatureInPlainBase64IsRejected() {
        var tokenVerifier = identity();
        var token = Stream.iterate(0, run -> run + 1)
                .map(run -> signed(claims -> claims.claim("note", run)))
                .filter(one -> signature(one).contains("_") && signature(one).contains("-"))
                .findFirst()
                .orElseThrow();
        var payload = token.substring(0, token.length() - signature(token).length());
        assertThat(verified(tokenVerifier, Optional.of(token))).isInstanceOf(Verified.class);
        for (var other : List.of(
                signature(token).replace('_', '/'), signature(token).replace('-', '+'), signature(token) + "=")) {
            assertThat(verified(tokenVerifier, Optional.of(payload + other)))
                    .as(other)
                    .isEqualTo(
                            Rejected.unauthenticated("token: not a signed JWT (expected: header.payload.signature)"));
        }
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
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
}
