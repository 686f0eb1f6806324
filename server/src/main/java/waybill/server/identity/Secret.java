package waybill.server.identity;

import java.nio.charset.StandardCharsets;

/// A secret that signs tokens. Its text form does not contain it.
public final class Secret {

    /// The minimum for HS256: as many bytes as its hash has.
    static final int BYTES_MIN = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes of a text; a trailing line end, as editors add one, is not part of it.
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
