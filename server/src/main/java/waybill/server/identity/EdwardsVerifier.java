package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/// Verifies Ed25519 signatures with the JDK, because the JWT library would need another library for it.
final class EdwardsVerifier implements JWSVerifier {

    /// The bytes in front of the 32 bytes of a public key in its X.509 form (RFC 8410).
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;

    private final JCAContext context = new JCAContext();
    private final PublicKey key;

    EdwardsVerifier(OctetKeyPair jwk) throws JOSEException {
        var x = jwk.getX().decode();
        if (x.length != KEY_BYTES) {
            throw new JOSEException("x: " + x.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        var encoded = new byte[X509_PREFIX.length + KEY_BYTES];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(x, 0, encoded, X509_PREFIX.length, KEY_BYTES);
        try {
            key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] input, Base64URL signature) throws JOSEException {
        if (header.getCriticalParams() != null) { // none is supported, so none may be ignored
            return false;
        }
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(input);
            return check.verify(signature.decode());
        } catch (SignatureException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
