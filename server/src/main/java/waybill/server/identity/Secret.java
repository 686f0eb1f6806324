package waybill.server.identity;

import java.nio.charset.StandardCharsets;

/// A secret that tokens are signed with. It does not show itself.
public final class Secret {

    /// What HS256 asks for: as many bytes as its hash has.
    static final int BYTES_MIN = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes of a text as they are; a line end behind it, as editors leave one, is not part of it.
    public static Secret of(String text) {
        var bytes = text.stripTrailing().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < BYTES_MIN) {
            throw new IllegalArgumentException(
                    "jwt-secret: " + bytes.length + " bytes (expected: at least " + BYTES_MIN + ")");
        }
        return new Secret(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
