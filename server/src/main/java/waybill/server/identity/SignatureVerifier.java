package waybill.server.identity;

import com.nimbusds.jwt.SignedJWT;
import java.util.concurrent.CompletionStage;

/// With what signatures are checked. Thread-safe, and never waits on the thread that asks.
interface SignatureVerifier extends AutoCloseable {

    /// Fails with an [TokenRejected] where the signature is not that of a key which is trusted.
    CompletionStage<SignedJWT> verifySignature(SignedJWT token);

    @Override
    void close();
}
