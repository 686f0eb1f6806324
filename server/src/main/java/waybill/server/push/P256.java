package waybill.server.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/// Keys on the curve P-256 and their uncompressed form: the byte 4 and two coordinates of 32 bytes.
final class P256 {

    static final int COORDINATE_BYTES = 32;
    static final int POINT_BYTES = 1 + 2 * COORDINATE_BYTES;

    private static final byte UNCOMPRESSED = 4;
    private static final int THREE = 3;

    private P256() {}

    static KeyPair generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256: not supported by this Java: " + e.getMessage(), e);
        }
    }

    static ECParameterSpec parameters() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256: not supported by this Java: " + e.getMessage(), e);
        }
    }

    static byte[] encode(ECPublicKey key) {
        var bytes = new byte[POINT_BYTES];
        bytes[0] = UNCOMPRESSED;
        copy(key.getW().getAffineX(), bytes, 1);
        copy(key.getW().getAffineY(), bytes, 1 + COORDINATE_BYTES);
        return bytes;
    }

    private static void copy(BigInteger coordinate, byte[] into, int at) {
        var bytes = coordinate.toByteArray();
        var length = Math.min(bytes.length, COORDINATE_BYTES); // a sign byte may come first
        System.arraycopy(bytes, bytes.length - length, into, at + COORDINATE_BYTES - length, length);
    }

    /// Rejects bytes that are not a point of the curve: a shared secret with such a point would tell of the other key.
    static ECPublicKey decode(byte[] bytes) {
        if (bytes.length != POINT_BYTES || bytes[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException(
                    "p256dh: " + bytes.length + " bytes (expected: an uncompressed point of P-256, 65 bytes)");
        }
        var x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + COORDINATE_BYTES));
        var y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + COORDINATE_BYTES, POINT_BYTES));
        var parameters = parameters();
        if (!isOnCurve(parameters, x, y)) {
            throw new IllegalArgumentException("p256dh: not a point of P-256 (expected: a key of a browser)");
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("p256dh: not a point of P-256 (expected: a key of a browser)", e);
        }
    }

    private static boolean isOnCurve(ECParameterSpec parameters, BigInteger x, BigInteger y) {
        var curve = parameters.getCurve();
        var prime = ((ECFieldFp) curve.getField()).getP();
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
            return false;
        }
        var right = x.modPow(BigInteger.valueOf(THREE), prime)
                .add(curve.getA().multiply(x))
                .add(curve.getB())
                .mod(prime);
        return y.multiply(y).mod(prime).equals(right);
    }
}
