package waybill.directory;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The key by which a [Tracker] is known. Such apps can send no password, only an address and an identifier that
/// their user enters, so the identifier is the secret: 130 random bits, in characters that are hard to confuse.
///
/// @param value 26 digits and lower-case letters
public record TrackerKey(String value) {

    /// Crockford's base 32, in which `i`, `l` and `o` are read as the digits that they look like.
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int LENGTH = 26;

    /// Characters that are looked at: more than any notation of a key has.
    private static final int TEXT_MAX = 64;

    public TrackerKey {
        if (value.length() != LENGTH || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "key: " + value.length() + " characters (expected: " + LENGTH + " of " + ALPHABET + ")");
        }
    }

    public static TrackerKey generate(RandomGenerator random) {
        var value = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new TrackerKey(value.toString());
    }

    /// The key that a user has entered: in capitals, or in groups with spaces or hyphens between them. Empty if it
    /// cannot be one.
    public static Optional<TrackerKey> parse(String text) {
        if (text.length() > TEXT_MAX) {
            return Optional.empty();
        }
        var value = text.replaceAll("[\\s-]", "")
                .toLowerCase(Locale.ROOT)
                .replace('i', '1')
                .replace('l', '1')
                .replace('o', '0');
        return value.length() == LENGTH && value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                ? Optional.of(new TrackerKey(value))
                : Optional.empty();
    }

    /// SHA-256, in hexadecimal digits. A key is random and long, so a hash without salt cannot be inverted.
    public String hash() {
        var bytes = new byte[LENGTH];
        for (var i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) value.charAt(i); // a digit or a letter of ASCII
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java platform has it
        }
    }

    /// Without the key, which must not come into a log.
    @Override
    public String toString() {
        return "TrackerKey";
    }
}
