package waybill.server.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import waybill.blob.BlobCheck;

/// The public key of a hub, with which the archives that it has signed are verified.
public record ArchiveKey(PublicKey key) {

    static final String ALGORITHM = "Ed25519";

    /// Reads a key from its PEM text; throws an [IllegalArgumentException] with what is wrong.
    public static ArchiveKey parse(String pem) {
        try {
            var encoded = new X509EncodedKeySpec(Pem.decode("PUBLIC KEY", pem));
            return new ArchiveKey(KeyFactory.getInstance(ALGORITHM).generatePublic(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "key: not an Ed25519 key (expected: one in PEM, SubjectPublicKeyInfo)", e);
        }
    }

    public String pem() {
        return Pem.encode("PUBLIC KEY", key.getEncoded());
    }

    /// The SHA-256 of the encoded key, by which people compare keys.
    public String fingerprint() {
        return "sha256:" + HexFormat.of().formatHex(BlobCheck.sha256().digest(key.getEncoded()));
    }

    boolean verifies(byte[] bytes, byte[] signed) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false; // a signature of another length
        }
    }
}
