package waybill.outbound;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// The secret that signs what is sent to an endpoint, as Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in
/// base 64.
public record WebhookSecret(String value) {

    public static final String PREFIX = "whsec_";

    private static final int BYTES = 32;
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;

    public WebhookSecret {
        var length = value.startsWith(PREFIX) ? decode(value).length : 0;
        if (length < BYTES_MIN || length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "secret: not one (expected: whsec_ and " + BYTES_MIN + ".." + BYTES_MAX + " bytes in base 64)");
        }
    }

    /// A new one.
    ///
    /// @param random unpredictable
    public static WebhookSecret generate(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    public byte[] bytes() {
        return decode(value);
    }

    private static byte[] decode(String value) {
        return Base64.getDecoder().decode(value.substring(PREFIX.length()));
    }

    /// Without the secret, which must not come into a log.
    @Override
    public String toString() {
        return "WebhookSecret";
    }
}
