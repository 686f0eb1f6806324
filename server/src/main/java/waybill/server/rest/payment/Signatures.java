package waybill.server.rest.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signatures of payment providers over the bytes of a body: HMAC with SHA-256. Signatures are compared in constant
/// time.
final class Signatures {

    /// How far the time in a signature of Stripe may be from the hub's.
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    /// Characters of the header.
    private static final int HEADER_MAX = 4_096;

    /// Digits of a time in seconds since 1970.
    private static final int TIME_DIGITS_MAX = 12;

    private static final String ALGORITHM = "HmacSHA256";
    private static final HexFormat HEX = HexFormat.of();

    private Signatures() {}

    /// Why a `Stripe-Signature` is rejected; empty for a valid one. It has a time, and a signature of the time and the
    /// body for each secret that is in use at Stripe.
    static Optional<String> rejectionOfStripe(String header, byte[] body, List<String> secrets, Instant now) {
        var time = "";
        var candidates = new ArrayList<byte[]>();
        for (var element :
                header.substring(0, Math.min(HEADER_MAX, header.length())).split(",", -1)) {
            var parts = element.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals("t")) {
                time = parts[1];
            } else if (parts.length == 2 && parts[0].equals("v1")) {
                decode(parts[1]).ifPresent(candidates::add);
            }
        }
        if (!time.matches("\\d{1," + TIME_DIGITS_MAX + "}") || candidates.isEmpty()) {
            return Optional.of("no time or no signature (expected: t=…,v1=…)");
        }
        var signed = (time + ".").getBytes(StandardCharsets.UTF_8);
        if (!isAnyValid(candidates, secrets, signed, body)) {
            return Optional.of("not that of the body (expected: one by a secret of this hub)");
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs();
        return age.compareTo(TOLERANCE) > 0
                ? Optional.of("of another time (expected: at most " + TOLERANCE.toSeconds() + " s from now)")
                : Optional.empty();
    }

    /// Why an `X-Razorpay-Signature` is rejected; empty for a valid one.
    static Optional<String> rejectionOfRazorpay(String header, byte[] body, List<String> secrets) {
        var candidates = decode(header.strip()).stream().toList();
        return isAnyValid(candidates, secrets, new byte[0], body)
                ? Optional.empty()
                : Optional.of("not that of the body (expected: one by a secret of this hub)");
    }

    private static boolean isAnyValid(List<byte[]> candidates, List<String> secrets, byte[] prefix, byte[] body) {
        var isValid = false;
        for (var secret : secrets) {
            var expected = hmac(secret, prefix, body);
            for (var candidate : candidates) {
                isValid |= MessageDigest.isEqual(expected, candidate);
            }
        }
        return isValid;
    }

    static byte[] hmac(String secret, byte[] prefix, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static Optional<byte[]> decode(String hex) {
        try {
            return Optional.of(HEX.parseHex(hex));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
