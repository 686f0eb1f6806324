package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;

/// The one question that is asked of a key.
final class Signatures {

    static final String FORGED = "signature: does not match (expected: that of a key which the hub trusts)";

    private Signatures() {}

    /// False also for what cannot be a signature at all.
    static boolean isValid(JWSVerifier verifier, SignedJWT token) {
        try {
            return verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
        } catch (JOSEException _) {
            return false;
        }
    }
}
