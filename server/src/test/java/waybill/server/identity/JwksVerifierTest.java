package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.identity.TestJwksProvider.SigningKey;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// Tokens of a provider that publishes its keys.
class JwksVerifierTest extends JwksScenario {

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
}
