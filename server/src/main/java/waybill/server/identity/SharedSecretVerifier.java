package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;

/// One secret, and HS256 only, whatever the `alg` of the token.
final class SharedSecretVerifier implements SignatureVerifier {

    private final MACVerifier verifier;

    SharedSecretVerifier(Secret secret) {
        try {
            verifier = new MACVerifier(secret.bytes());
            // named once, or else all providers are asked for each token
            verifier.getJCAContext().setProvider(Mac.getInstance("HmacSHA256").getProvider());
        } catch (JOSEException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("jwt-secret: cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<SignedToken> verifySignature(SignedToken token) {
        var algorithm = token.header().getAlgorithm();
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
