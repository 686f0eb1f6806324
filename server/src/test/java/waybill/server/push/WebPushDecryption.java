package waybill.server.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What a browser does with a push message, written from RFC 8188 and RFC 8291 by HMAC alone, and apart from the
/// encryption.
public final class WebPushDecryption {

    private WebPushDecryption() {}

    public static String decrypt(byte[] body, KeyPair browser, byte[] auth) {
        try {
            var input = ByteBuffer.wrap(body);
            var salt = bytes(input, 16);
            var recordSize = input.getInt();
            var keyId = bytes(input, input.get() & 0xff);
            var ciphertext = bytes(input, input.remaining());
            if (ciphertext.length > recordSize) {
                throw new AssertionError("several records: " + ciphertext.length);
            }
            var agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(browser.getPrivate());
            agreement.doPhase(P256.decode(keyId), true);
            var browserKey = P256.encode((ECPublicKey) browser.getPublic());
            var keyInfo = concat("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), browserKey, keyId);
            var secret = hmac(hmac(auth, agreement.generateSecret()), concat(keyInfo, new byte[] {1}));
            var extracted = hmac(salt, secret);
            var key = Arrays.copyOf(hmac(extracted, expandInfo("aes128gcm")), 16);
            var nonce = Arrays.copyOf(hmac(extracted, expandInfo("nonce")), 12);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            var padded = cipher.doFinal(ciphertext);
            var end = padded.length - 1;
            while (padded[end] == 0) {
                end--;
            }
            if (padded[end] != 2) {
                throw new AssertionError("delimiter: " + padded[end]);
            }
            return new String(padded, 0, end, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("not for this browser", e);
        }
    }

    private static byte[] expandInfo(String name) {
        return ("Content-Encoding: " + name + "\0\1").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] bytes(ByteBuffer from, int count) {
        var bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        var all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (var part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
