package waybill.server.identity;

import com.nimbusds.jwt.SignedJWT;
import java.util.concurrent.CompletionStage;

/// Verifies signatures. Thread-safe, and never blocks the caller's thread.
interface SignatureVerifier extends AutoCloseable {

    /// Fails with a [TokenRejected] if the signature is not that of a trusted key.
    CompletionStage<SignedJWT> verifySignature(SignedJWT token);

    @Override
    void close();
}
