package waybill.server.identity;

import java.util.concurrent.CompletionStage;

/// Verifies signatures. Thread-safe, and never blocks the caller's thread.
interface SignatureVerifier extends AutoCloseable {

    /// Fails with a [TokenRejected] if the signature is not that of a trusted key.
    CompletionStage<SignedToken> verifySignature(SignedToken token);

    @Override
    void close();
}
