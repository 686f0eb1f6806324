package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.identity.TestJwksProvider.SigningKey;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// Tokens of a provider that publishes its keys.
class JwksVerifierTest {

    private static final long TIMEOUT_SECONDS = 60;
    private static final JWTClaimsSet KARI =
            new JWTClaimsSet.Builder().subject("kari").claim("role", "driver").build();

    private final TestJwksProvider provider = new TestJwksProvider();
    private final ManualClock time = new ManualClock();
    private final TokenVerifier tokenVerifier = TokenVerifier.start(
            IdentityConfig.of(new Trust.Jwks(provider.jwks())),
            Path.of("none"),
            Revocations.inMemory(),
            time,
            new SecureRandom());

    static Stream<SigningKey> pairs() {
        return Stream.of(TestJwksProvider.rsa("k1"), TestJwksProvider.ec("k1"), TestJwksProvider.edwards("k1"));
    }

    @AfterEach
    void close() {
        tokenVerifier.close();
        provider.close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aTokenOfEachKeyTypeIsVerified(SigningKey pair) {
        publishes(pair);
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
        assertThat(verified(spoiled(pair.token(KARI)))).isEqualTo(Rejected.unauthenticated(Signatures.FORGED));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aTokenOfAnotherKeyWithTheSameIdIsRejected(SigningKey pair) {
        var published = pair.algorithm().equals(JWSAlgorithm.RS256) ? TestJwksProvider.rsa("k1") : twin(pair);
        publishes(published);
        assertThat(verified(pair.token(KARI))).isEqualTo(Rejected.unauthenticated(Signatures.FORGED));
    }

    @Test
    void aTokenThatNamesNoKeyIsComparedWithAll() {
        var signing = TestJwksProvider.ec("k2");
        publishes(TestJwksProvider.ec("k1"), TestJwksProvider.rsa("k1"), signing);
        assertThat(verified(signing.token(null, KARI))).isInstanceOf(Verified.class);
        assertThat(verified(TestJwksProvider.ec("k2").token(null, KARI)))
                .isEqualTo(Rejected.unauthenticated(Signatures.FORGED));
    }

    /// Each key costs the checking of a signature.
    @Test
    void aTokenThatNamesNoKeyIsComparedWithAFewOnly() {
        var beyond = TestJwksProvider.ec("last");
        var keys = Stream.concat(
                        IntStream.range(0, KeySet.CANDIDATES_MAX).mapToObj(i -> TestJwksProvider.ec("k" + i)),
                        Stream.of(beyond))
                .toArray(SigningKey[]::new);
        publishes(keys);
        assertThat(verified(keys[KeySet.CANDIDATES_MAX - 1].token(null, KARI))).isInstanceOf(Verified.class);
        assertThat(verified(beyond.token(null, KARI))).isEqualTo(Rejected.unauthenticated(Signatures.FORGED));
        assertThat(verified(beyond.token(KARI))).as("by its name").isInstanceOf(Verified.class);
    }

    @Test
    void aPublicKeyIsNoSecret() throws JOSEException {
        var pair = TestJwksProvider.rsa("k1");
        publishes(pair);
        var known = TestJwksProvider.publicRsa(pair).toPublicKey().getEncoded();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), KARI);
        token.sign(new MACSigner(known));
        assertThat(verified(token.serialize()))
                .isEqualTo(Rejected.unauthenticated("alg: HS256 (expected: RS256, ES256 or EdDSA)"));
    }

    @Test
    void aSecretThatAProviderPublishesSignsNothing() throws JOSEException {
        provider.respond("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"" + "A".repeat(43) + "\"}]}");
        settle();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), KARI);
        token.sign(new MACSigner(new byte[32]));
        assertThat(verified(token.serialize()))
                .isEqualTo(Rejected.unauthenticated("alg: HS256 (expected: RS256, ES256 or EdDSA)"));
    }

    @Test
    void aKeyForEncryptionOrForAnotherAlgorithmSignsNothing() {
        var pair = TestJwksProvider.rsa("k1");
        var json = pair.published().toJSONString();
        provider.respond("{\"keys\":[" + json.replace("{", "{\"use\":\"enc\",") + ","
                + json.replace("{", "{\"alg\":\"RS512\",") + "]}");
        settle();
        assertThat(verified(pair.token(KARI)))
                .isEqualTo(Rejected.unauthenticated("kid: k1 (expected: a key that the provider publishes)"));
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        var first = TestJwksProvider.ec("k1");
        var second = TestJwksProvider.ec("k2");
        publishes(first);
        provider.publish(second);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(second.token(KARI))).isInstanceOf(Verified.class);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(first.token(KARI))).isInstanceOf(Rejected.class);
    }

    @Test
    void madeUpKeysCauseOneRequestInAWhile() {
        publishes(TestJwksProvider.ec("k1"));
        var before = provider.requests();
        time.advance(JwksVerifier.FETCH_EVERY);
        var stranger = TestJwksProvider.ec("k2");
        for (var run = 0; run < 100; run++) {
            assertThat(verified(stranger.token("made-up-" + run, KARI))).isInstanceOf(Rejected.class);
        }
        assertThat(provider.requests() - before).isEqualTo(1);
    }

    @Test
    void manyTokensWaitForOneRequest() {
        publishes(TestJwksProvider.ec("k1"));
        var before = provider.requests();
        var second = TestJwksProvider.ec("k2");
        provider.publish(second);
        var open = provider.delayRequests();
        time.advance(JwksVerifier.FETCH_EVERY);
        var waiting = IntStream.range(0, 100)
                .mapToObj(_ ->
                        tokenVerifier.verify(Optional.of(second.token(KARI))).toCompletableFuture())
                .toList();
        assertThat(waiting).noneMatch(one -> one.isDone());
        open.countDown();
        for (var one : waiting) {
            assertThat(one.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join()).isInstanceOf(Verified.class);
        }
        assertThat(provider.requests() - before).isEqualTo(1);
    }

    @Test
    void aTokenOverTheWaitingLimitGetsUnavailable() {
        publishes(TestJwksProvider.ec("k1"));
        var second = TestJwksProvider.ec("k2");
        provider.publish(second);
        var open = provider.delayRequests();
        time.advance(JwksVerifier.FETCH_EVERY);
        var token = Optional.of(second.token(KARI));
        var waiting = IntStream.range(0, JwksVerifier.WAITING_MAX)
                .mapToObj(_ -> tokenVerifier.verify(token).toCompletableFuture())
                .toList();
        assertThat(tokenVerifier.verify(token).toCompletableFuture().resultNow())
                .isEqualTo(Rejected.unavailable("keys of the provider: " + JwksVerifier.WAITING_MAX
                        + " tokens wait for them already (expected: try again later)"));
        open.countDown();
        assertThat(waiting.getFirst()
                        .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(Verified.class);
        assertThat(verified(token.orElseThrow())).as("the same token, later").isInstanceOf(Verified.class);
    }

    @Test
    void cachedKeysAreUsedWithoutARequestAndThroughAnOutage() {
        var pair = TestJwksProvider.ec("k1");
        publishes(pair);
        var before = provider.requests();
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
        assertThat(provider.requests()).isEqualTo(before);
        provider.fail();
        time.advance(JwksVerifier.USABLE_FOR.minusSeconds(1));
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
        time.advance(Duration.ofDays(1));
        assertThat(verified(pair.token(KARI)))
                .isEqualTo(Rejected.unavailable("keys of the provider: not at hand (expected: try again later)"));
        provider.publish(pair);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
    }

    @Test
    void aNewKeyUnderAnOldNameIsFetchedWhenASignatureFitsNone() {
        var first = TestJwksProvider.ec("k1");
        var second = TestJwksProvider.ec("k1");
        publishes(first);
        provider.publish(second);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(second.token(KARI))).isInstanceOf(Verified.class);
    }

    @Test
    void invalidSignaturesCauseOneFetchPerInterval() {
        var pair = TestJwksProvider.ec("k1");
        publishes(pair);
        var before = provider.requests();
        time.advance(JwksVerifier.FETCH_EVERY);
        for (var run = 0; run < 100; run++) {
            assertThat(verified(spoiled(pair.token(KARI)))).isEqualTo(Rejected.unauthenticated(Signatures.FORGED));
        }
        assertThat(provider.requests() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "{}",
                "{\"kty\":\"EC\",\"crv\":\"P-9\",\"kid\":\"b\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"b\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X9\",\"kid\":\"b\",\"x\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"b\",\"x\":\"AA\"}",
                "{\"kty\":\"RSA\",\"kid\":7,\"n\":\"AA\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"kid\":\"b\",\"n\":\"AA\",\"e\":\"AQAB\",\"x5c\":[\"nonsense\"]}",
                "{\"kty\":\"new\",\"kid\":\"b\"}"
            })
    void anEntryThatCannotBeReadIsLostAlone(String entry) {
        var pair = TestJwksProvider.ec("k1");
        provider.respond("{\"keys\":[" + entry + "," + pair.published().toJSONString() + "," + entry + "]}");
        settle();
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
    }

    @Test
    void aProviderThatStallsInItsAnswerIsAskedAgain() {
        var pair = TestJwksProvider.ec("k1");
        provider.publish(pair);
        var rest = provider.stallResponses();
        try (var keys = new JwksVerifier(provider.jwks(), time, Duration.ofMillis(50))) {
            var token = parsed(pair.token(KARI));
            assertThat(keys.verifySignature(token).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .withThrowableThat()
                    .withMessageContaining("not at hand");
            var before = provider.requests();
            time.advance(JwksVerifier.FETCH_EVERY);
            assertThat(keys.verifySignature(token).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(TIMEOUT_SECONDS));
            assertThat(provider.requests()).isGreaterThan(before);
            rest.countDown();
        }
    }

    private static SignedJWT parsed(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKeyThatIsNoLongerPublishedIsGoneWhenTheKeysAreOld() {
        var gone = TestJwksProvider.ec("k1");
        publishes(gone, TestJwksProvider.ec("k2"));
        provider.publish(TestJwksProvider.ec("k2"));
        time.advance(JwksVerifier.FRESH_FOR.plusSeconds(1));
        assertThat(verified(gone.token(KARI))).isInstanceOf(Verified.class); // no request waits for fresh keys
        verified(TestJwksProvider.ec("nobody's").token(KARI)); // an unknown key waits for the request under way
        assertThat(verified(gone.token(KARI))).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":7}", "<html>"})
    void whatIsNoKeySetIsTakenForAnOutage(String nonsense) {
        provider.respond(nonsense);
        settle();
        assertThat(verified(TestJwksProvider.ec("k1").token(KARI)))
                .isEqualTo(Rejected.unavailable("keys of the provider: not at hand (expected: try again later)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example/jwks",
                "ftp://localhost/jwks",
                "jwks",
                "file:///etc/jwks",
                "http://10.0.0.1/jwks"
            })
    void keysComeSafelyOrFromNear(String url) {
        assertThatThrownBy(() -> new Trust.Jwks(URI.create(url)))
                .hasMessageStartingWith("jwks-url: " + url + " (expected: https://…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example/jwks", "http://localhost:8080/jwks", "http://keycloak:8080/jwks"})
    void keysMayComeFromThere(String url) {
        assertThatCode(() -> new Trust.Jwks(URI.create(url))).doesNotThrowAnyException();
    }

    private void publishes(SigningKey... pairs) {
        provider.publish(pairs);
        settle();
    }

    /// Has the hub fetch what is published now: the first token that names an unknown key does so.
    private void settle() {
        verified(TestJwksProvider.ec("nobody's").token(KARI));
        time.advance(JwksVerifier.FETCH_EVERY);
        verified(TestJwksProvider.ec("nobody's").token(KARI));
    }

    private Verification verified(String token) {
        return tokenVerifier
                .verify(Optional.of(token))
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static SigningKey twin(SigningKey pair) {
        return pair.algorithm().equals(JWSAlgorithm.ES256) ? TestJwksProvider.ec("k1") : TestJwksProvider.edwards("k1");
    }

    private static String spoiled(String token) {
        var at = token.lastIndexOf('.') + 9;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }
}
