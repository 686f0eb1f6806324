package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One secret, and HS256 only, whatever the `alg` of the token.
final class SharedSecretVerifier implements SignatureVerifier {

    private final MACVerifier verifier;

    SharedSecretVerifier(Secret secret) {
        try {
            verifier = new MACVerifier(secret.bytes());
        } catch (JOSEException e) {
            throw new IllegalStateException("jwt-secret: cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<SignedJWT> verifySignature(SignedJWT token) {
        var algorithm = token.getHeader().getAlgorithm();
        if (!algorithm.equals(JWSAlgorithm.HS256)) {
            return CompletableFuture.failedStage(
                    new TokenRejected("alg: " + TokenRejected.excerpt(algorithm.getName()) + " (expected: HS256)"));
        }
        return Signatures.isValid(verifier, token)
                ? CompletableFuture.completedStage(token)
                : CompletableFuture.failedStage(new TokenRejected(Signatures.FORGED));
    }

    @Override
    public void close() {} // nothing to close
}
