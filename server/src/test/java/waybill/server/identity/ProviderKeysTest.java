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
import waybill.server.identity.Provider.Pair;
import waybill.server.identity.Verification.Known;
import waybill.server.identity.Verification.Refused;

/// Tokens of a provider that publishes its keys.
class ProviderKeysTest {

    private static final long PATIENCE_SECONDS = 60;
    private static final JWTClaimsSet KARI =
            new JWTClaimsSet.Builder().subject("kari").claim("role", "driver").build();

    private final Provider provider = new Provider();
    private final MadeUpTime time = new MadeUpTime();
    private final Identity identity = Identity.start(
            IdentityConfig.of(new Trust.Provider(provider.jwks())),
            Path.of("none"),
            Revocations.inMemory(),
            time,
            new SecureRandom());

    static Stream<Pair> pairs() {
        return Stream.of(Provider.rsa("k1"), Provider.ec("k1"), Provider.edwards("k1"));
    }

    @AfterEach
    void close() {
        identity.close();
        provider.close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aTokenOfEachKindOfKeyIsBelieved(Pair pair) {
        publishes(pair);
        assertThat(verified(pair.token(KARI))).isInstanceOf(Known.class);
        assertThat(verified(spoiled(pair.token(KARI)))).isEqualTo(Refused.unauthenticated(Signatures.FORGED));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aTokenOfAnotherKeyOfTheSameNameIsForged(Pair pair) {
        var published = pair.algorithm().equals(JWSAlgorithm.RS256) ? Provider.rsa("k1") : twin(pair);
        publishes(published);
        assertThat(verified(pair.token(KARI))).isEqualTo(Refused.unauthenticated(Signatures.FORGED));
    }

    @Test
    void aTokenThatNamesNoKeyIsComparedWithAll() {
        var signing = Provider.ec("k2");
        publishes(Provider.ec("k1"), Provider.rsa("k1"), signing);
        assertThat(verified(signing.token(null, KARI))).isInstanceOf(Known.class);
        assertThat(verified(Provider.ec("k2").token(null, KARI))).isEqualTo(Refused.unauthenticated(Signatures.FORGED));
    }

    /// Each key costs the checking of a signature.
    @Test
    void aTokenThatNamesNoKeyIsComparedWithAFewOnly() {
        var beyond = Provider.ec("last");
        var keys = Stream.concat(
                        IntStream.range(0, KeySet.CANDIDATES_MAX).mapToObj(i -> Provider.ec("k" + i)),
                        Stream.of(beyond))
                .toArray(Pair[]::new);
        publishes(keys);
        assertThat(verified(keys[KeySet.CANDIDATES_MAX - 1].token(null, KARI))).isInstanceOf(Known.class);
        assertThat(verified(beyond.token(null, KARI))).isEqualTo(Refused.unauthenticated(Signatures.FORGED));
        assertThat(verified(beyond.token(KARI))).as("by its name").isInstanceOf(Known.class);
    }

    @Test
    void aPublicKeyIsNoSecret() throws JOSEException {
        var pair = Provider.rsa("k1");
        publishes(pair);
        var known = Provider.publicRsa(pair).toPublicKey().getEncoded();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), KARI);
        token.sign(new MACSigner(known));
        assertThat(verified(token.serialize()))
                .isEqualTo(Refused.unauthenticated("alg: HS256 (expected: RS256, ES256 or EdDSA)"));
    }

    @Test
    void aSecretThatAProviderPublishesSignsNothing() throws JOSEException {
        provider.says("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"" + "A".repeat(43) + "\"}]}");
        settle();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), KARI);
        token.sign(new MACSigner(new byte[32]));
        assertThat(verified(token.serialize()))
                .isEqualTo(Refused.unauthenticated("alg: HS256 (expected: RS256, ES256 or EdDSA)"));
    }

    @Test
    void aKeyForEncryptionOrForAnotherAlgorithmSignsNothing() {
        var pair = Provider.rsa("k1");
        var json = pair.published().toJSONString();
        provider.says("{\"keys\":[" + json.replace("{", "{\"use\":\"enc\",") + ","
                + json.replace("{", "{\"alg\":\"RS512\",") + "]}");
        settle();
        assertThat(verified(pair.token(KARI)))
                .isEqualTo(Refused.unauthenticated("kid: k1 (expected: a key that the provider publishes)"));
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        var first = Provider.ec("k1");
        var second = Provider.ec("k2");
        publishes(first);
        provider.publishes(second);
        time.pass(ProviderKeys.FETCH_EVERY);
        assertThat(verified(second.token(KARI))).isInstanceOf(Known.class);
        time.pass(ProviderKeys.FETCH_EVERY);
        assertThat(verified(first.token(KARI))).isInstanceOf(Refused.class);
    }

    @Test
    void madeUpKeysCauseOneRequestInAWhile() {
        publishes(Provider.ec("k1"));
        var before = provider.asked();
        time.pass(ProviderKeys.FETCH_EVERY);
        var stranger = Provider.ec("k2");
        for (var run = 0; run < 100; run++) {
            assertThat(verified(stranger.token("made-up-" + run, KARI))).isInstanceOf(Refused.class);
        }
        assertThat(provider.asked() - before).isEqualTo(1);
    }

    @Test
    void manyTokensWaitForOneRequest() {
        publishes(Provider.ec("k1"));
        var before = provider.asked();
        var second = Provider.ec("k2");
        provider.publishes(second);
        var open = provider.hesitates();
        time.pass(ProviderKeys.FETCH_EVERY);
        var waiting = IntStream.range(0, 100)
                .mapToObj(_ -> identity.verify(Optional.of(second.token(KARI))).toCompletableFuture())
                .toList();
        assertThat(waiting).noneMatch(one -> one.isDone());
        open.countDown();
        for (var one : waiting) {
            assertThat(one.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()).isInstanceOf(Known.class);
        }
        assertThat(provider.asked() - before).isEqualTo(1);
    }

    @Test
    void aTokenForWhichThereIsNoRoomToWaitIsToldToComeBack() {
        publishes(Provider.ec("k1"));
        var second = Provider.ec("k2");
        provider.publishes(second);
        var open = provider.hesitates();
        time.pass(ProviderKeys.FETCH_EVERY);
        var token = Optional.of(second.token(KARI));
        var waiting = IntStream.range(0, ProviderKeys.WAITING_MAX)
                .mapToObj(_ -> identity.verify(token).toCompletableFuture())
                .toList();
        assertThat(identity.verify(token).toCompletableFuture().resultNow())
                .isEqualTo(Refused.unavailable("keys of the provider: " + ProviderKeys.WAITING_MAX
                        + " tokens wait for them already (expected: try again later)"));
        open.countDown();
        assertThat(waiting.getFirst()
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(Known.class);
        assertThat(verified(token.orElseThrow())).as("the same token, later").isInstanceOf(Known.class);
    }

    @Test
    void knownKeysAreGoodWithoutARequestAndThroughAnOutage() {
        var pair = Provider.ec("k1");
        publishes(pair);
        var before = provider.asked();
        assertThat(verified(pair.token(KARI))).isInstanceOf(Known.class);
        assertThat(provider.asked()).isEqualTo(before);
        provider.fails();
        time.pass(ProviderKeys.GOOD_FOR.minusSeconds(1));
        assertThat(verified(pair.token(KARI))).isInstanceOf(Known.class);
        time.pass(Duration.ofDays(1));
        assertThat(verified(pair.token(KARI)))
                .isEqualTo(Refused.unavailable("keys of the provider: not at hand (expected: try again later)"));
        provider.publishes(pair);
        time.pass(ProviderKeys.FETCH_EVERY);
        assertThat(verified(pair.token(KARI))).isInstanceOf(Known.class);
    }

    @Test
    void aNewKeyUnderAnOldNameIsFetchedWhenASignatureFitsNone() {
        var first = Provider.ec("k1");
        var second = Provider.ec("k1");
        publishes(first);
        provider.publishes(second);
        time.pass(ProviderKeys.FETCH_EVERY);
        assertThat(verified(second.token(KARI))).isInstanceOf(Known.class);
    }

    @Test
    void forgedSignaturesCauseOneRequestInAWhile() {
        var pair = Provider.ec("k1");
        publishes(pair);
        var before = provider.asked();
        time.pass(ProviderKeys.FETCH_EVERY);
        for (var run = 0; run < 100; run++) {
            assertThat(verified(spoiled(pair.token(KARI)))).isEqualTo(Refused.unauthenticated(Signatures.FORGED));
        }
        assertThat(provider.asked() - before).isEqualTo(1);
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
        var pair = Provider.ec("k1");
        provider.says("{\"keys\":[" + entry + "," + pair.published().toJSONString() + "," + entry + "]}");
        settle();
        assertThat(verified(pair.token(KARI))).isInstanceOf(Known.class);
    }

    @Test
    void aProviderThatStallsInItsAnswerIsAskedAgain() {
        var pair = Provider.ec("k1");
        provider.publishes(pair);
        var rest = provider.stalls();
        try (var keys = new ProviderKeys(provider.jwks(), time, Duration.ofMillis(50))) {
            var token = parsed(pair.token(KARI));
            assertThat(keys.genuine(token).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(PATIENCE_SECONDS))
                    .withThrowableThat()
                    .withMessageContaining("not at hand");
            var before = provider.asked();
            time.pass(ProviderKeys.FETCH_EVERY);
            assertThat(keys.genuine(token).toCompletableFuture()).failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
            assertThat(provider.asked()).isGreaterThan(before);
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
        var gone = Provider.ec("k1");
        publishes(gone, Provider.ec("k2"));
        provider.publishes(Provider.ec("k2"));
        time.pass(ProviderKeys.FRESH_FOR.plusSeconds(1));
        assertThat(verified(gone.token(KARI))).isInstanceOf(Known.class); // nobody waits for fresh keys
        verified(Provider.ec("nobody's").token(KARI)); // but who must waits for the same request
        assertThat(verified(gone.token(KARI))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":7}", "<html>"})
    void whatIsNoKeySetIsTakenForAnOutage(String nonsense) {
        provider.says(nonsense);
        settle();
        assertThat(verified(Provider.ec("k1").token(KARI)))
                .isEqualTo(Refused.unavailable("keys of the provider: not at hand (expected: try again later)"));
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
        assertThatThrownBy(() -> new Trust.Provider(URI.create(url)))
                .hasMessageStartingWith("jwks-url: " + url + " (expected: https://…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example/jwks", "http://localhost:8080/jwks", "http://keycloak:8080/jwks"})
    void keysMayComeFromThere(String url) {
        assertThatCode(() -> new Trust.Provider(URI.create(url))).doesNotThrowAnyException();
    }

    private void publishes(Pair... pairs) {
        provider.publishes(pairs);
        settle();
    }

    /// Has the hub fetch what is published now: the first token that names an unknown key does so.
    private void settle() {
        verified(Provider.ec("nobody's").token(KARI));
        time.pass(ProviderKeys.FETCH_EVERY);
        verified(Provider.ec("nobody's").token(KARI));
    }

    private Verification verified(String token) {
        return identity.verify(Optional.of(token))
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static Pair twin(Pair pair) {
        return pair.algorithm().equals(JWSAlgorithm.ES256) ? Provider.ec("k1") : Provider.edwards("k1");
    }

    private static String spoiled(String token) {
        var at = token.lastIndexOf('.') + 9;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }
}
