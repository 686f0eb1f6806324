package waybill.server.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import waybill.server.identity.TestJwksProvider.SigningKey;

/// A verifier of tokens whose keys an identity provider publishes.
abstract class JwksScenario {

    static final long TIMEOUT_SECONDS = 60;
    static final JWTClaimsSet KARI =
            new JWTClaimsSet.Builder().subject("kari").claim("role", "driver").build();

    final TestJwksProvider provider = new TestJwksProvider();
    final ManualClock time = new ManualClock();
    final TokenVerifier tokenVerifier = TokenVerifier.start(
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

    static SignedToken parsed(String token) {
        try {
            return SignedToken.parse(token);
        } catch (TokenRejected e) {
            throw new AssertionError(e);
        }
    }

    void publishes(SigningKey... pairs) {
        provider.publish(pairs);
        settle();
    }

    /// Has the hub fetch what is published now: the first token that names an unknown key does so.
    void settle() {
        verified(TestJwksProvider.ec("unknown").token(KARI));
        time.advance(JwksVerifier.FETCH_EVERY);
        verified(TestJwksProvider.ec("unknown").token(KARI));
    }

    Verification verified(String token) {
        return tokenVerifier
                .verify(Optional.of(token))
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    static SigningKey twin(SigningKey pair) {
        return pair.algorithm().equals(JWSAlgorithm.ES256) ? TestJwksProvider.ec("k1") : TestJwksProvider.edwards("k1");
    }

    static String spoiled(String token) {
        var at = token.lastIndexOf('.') + 9;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }
}
