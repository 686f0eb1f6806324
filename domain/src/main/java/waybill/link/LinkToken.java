package waybill.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The secret in the address of a [TrackingLink]: 144 random bits.
///
/// @param value 24 characters of base64url
public record LinkToken(String value) {

    private static final int BYTES = 18;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{24}");

    /// A token of the right form that is not generated. A look-up of it takes as long as one of another.
    public static final LinkToken NONE = new LinkToken("-".repeat(24));

    public LinkToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("token: " + value.length() + " characters (expected: 24 of base64url)");
        }
    }

    /// A new one.
    ///
    /// @param random unpredictable
    public static LinkToken generate(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Empty if the text cannot be a token.
    public static Optional<LinkToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new LinkToken(text)) : Optional.empty();
    }

    /// SHA-256, in hexadecimal digits. A token is random and long, so a hash without salt cannot be inverted.
    public String hash() {
        var bytes = new byte[value.length()];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) value.charAt(i); // a character of ASCII
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java platform has it
        }
    }

    /// Without the token, which must not come into a log.
    @Override
    public String toString() {
        return "LinkToken";
    }
}
