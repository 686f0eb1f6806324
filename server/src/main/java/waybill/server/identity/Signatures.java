package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;

/// Verifies a signature with one key.
final class Signatures {

    static final String FORGED = "signature: does not match (expected: that of a key which the hub trusts)";

    private Signatures() {}

    /// False also for an invalid encoding of a signature.
    static boolean isValid(JWSVerifier verifier, SignedToken token) {
        try {
            return verifier.verify(token.header(), token.signedBytes(), token.signature());
        } catch (JOSEException _) {
            return false;
        }
    }
}
