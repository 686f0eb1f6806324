package waybill.server.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts a message for one browser: RFC 8291 with the content coding `aes128gcm` of RFC 8188, in one record. Pure:
/// the key pair and the salt of the message are arguments, and must be used once.
///
/// ```
/// salt (16) | record size (4) | key length (1) | key (65) | ciphertext of: message, 2 | tag (16)
/// ```
public final class WebPushEncryption {

    public static final int SALT_BYTES = 16;
    public static final int AUTH_BYTES = 16;

    /// A push service takes at least 4,096 bytes of body (RFC 8030); this much of it is for the message.
    public static final int MESSAGE_BYTES_MAX = 3_993;

    static final int RECORD_BYTES = 4_096;

    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SECRET_BYTES = 32;

    /// Marks the end of the last record.
    private static final byte LAST_RECORD = 2;

    private WebPushEncryption() {}

    /// The body of the request to the push service.
    ///
    /// @param subscriber the public key of the browser
    /// @param auth the secret of the browser's subscription
    /// @param sender a key pair of this message alone
    public static byte[] encrypt(byte[] message, ECPublicKey subscriber, byte[] auth, KeyPair sender, byte[] salt) {
        if (message.length > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "message: " + message.length + " bytes (expected: at most " + MESSAGE_BYTES_MAX + ")");
        }
        var senderKey = P256.encode((ECPublicKey) sender.getPublic());
        try {
            var record = Arrays.copyOf(message, message.length + 1);
            record[message.length] = LAST_RECORD;
            var secret = sharedSecret(subscriber, auth, sender, senderKey);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(derive(secret, salt, info("aes128gcm"), KEY_BYTES), "AES"),
                    new GCMParameterSpec(TAG_BITS, derive(secret, salt, info("nonce"), NONCE_BYTES)));
            var header = ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + 1 + senderKey.length);
            header.put(salt).putInt(RECORD_BYTES).put((byte) senderKey.length).put(senderKey);
            var body = ByteBuffer.allocate(header.capacity() + cipher.getOutputSize(record.length));
            body.put(header.array());
            body.put(cipher.doFinal(record));
            return body.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a push message could not be encrypted: " + e.getMessage(), e);
        }
    }

    /// The secret of browser and hub, bound to both public keys.
    private static byte[] sharedSecret(ECPublicKey subscriber, byte[] auth, KeyPair sender, byte[] senderKey)
            throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(sender.getPrivate());
        agreement.doPhase(subscriber, /* lastPhase= */ true);
        var label = "WebPush: info\0".getBytes(StandardCharsets.US_ASCII);
        var info = ByteBuffer.allocate(label.length + 2 * P256.POINT_BYTES)
                .put(label)
                .put(P256.encode(subscriber))
                .put(senderKey)
                .array();
        return derive(agreement.generateSecret(), auth, info, SECRET_BYTES);
    }

    private static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
    }

    private static byte[] info(String name) {
        return ("Content-Encoding: " + name + "\0").getBytes(StandardCharsets.US_ASCII);
    }
}
