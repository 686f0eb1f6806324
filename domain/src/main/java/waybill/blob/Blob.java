package waybill.blob;

/// A stored file.
///
/// @param sha256 the SHA-256 of its content, in 64 lowercase hexadecimal digits
/// @param size its bytes
public record Blob(BlobId id, String sha256, long size, BlobType type) {

    private static final String SHA256 = "[0-9a-f]{64}";

    public Blob {
        if (!sha256.matches(SHA256)) {
            throw new IllegalArgumentException("sha256: " + sha256 + " (expected: 64 hexadecimal digits)");
        }
        if (size < 1) {
            throw new IllegalArgumentException("size: " + size + " (expected: at least 1)");
        }
    }
}
