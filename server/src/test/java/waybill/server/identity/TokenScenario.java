package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// A verifier of tokens that are signed with a shared secret.
abstract class TokenScenario {

    static final String SECRET = "thirty-two bytes that only tests know";
    static final Principal KARI = new Principal("kari", Role.DRIVER, "Kari", "+47 1", null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    final ManualClock time = new ManualClock();
    final Revocations revocations = Revocations.inMemory();

    static String raw(String claims) {
        try {
            var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    IdentityConfig shared() {
        return IdentityConfig.of(new Trust.SharedSecret(Secret.of(SECRET + "\n")));
    }

    TokenVerifier identity() {
        return start(shared());
    }

    TokenVerifier start(IdentityConfig config) {
        return TokenVerifier.start(config, data, revocations, time, new SecureRandom());
    }

    boolean isVerified(UnaryOperator<JWTClaimsSet.Builder> more) {
        return verified(identity(), Optional.of(signed(more))) instanceof Verified;
    }

    String rejection(String token) {
        var rejected = (Rejected) verified(identity(), Optional.of(token));
        assertThat(rejected.code()).isEqualTo("unauthenticated");
        assertThat(rejected.message()).doesNotContain(token);
        return rejected.message();
    }

    static Principal principal(TokenVerifier tokenVerifier, String token) {
        return ((Verified) verified(tokenVerifier, Optional.of(token))).principal();
    }

    /// With a shared secret no request waits.
    static Verification verified(TokenVerifier tokenVerifier, Optional<String> token) {
        return tokenVerifier.verify(token).toCompletableFuture().resultNow();
    }

    static String signed(UnaryOperator<JWTClaimsSet.Builder> more) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(more));
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> more) {
        return more.apply(new JWTClaimsSet.Builder().subject("kari").claim("role", "driver"))
                .build();
    }
}
