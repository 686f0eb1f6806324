package waybill.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Checks a file while it arrives: its size, and that it begins as its type does. Computes its hash. Holds none of
/// it but the beginning. Used by one thread at a time.
public final class BlobCheck {

    private final BlobType type;
    private final long bytesMax;
    private final MessageDigest digest = sha256();
    private final byte[] head = new byte[BlobType.HEAD_BYTES];
    private long size;

    /// @param type the type that the sender gave
    /// @param bytesMax the largest size
    public BlobCheck(BlobType type, long bytesMax) {
        this.type = type;
        this.bytesMax = bytesMax;
    }

    /// Adds the next bytes. Throws as soon as the file is too large or of another type.
    public void add(byte[] bytes, int offset, int length) throws BlobRejected {
        if (size + length > bytesMax) {
            throw new BlobRejected(
                    BlobRejected.Reason.TOO_LARGE,
                    "body: more than " + bytesMax + " bytes (expected: an image of 1.." + bytesMax + " bytes)");
        }
        if (size < head.length) {
            var count = (int) Math.min(length, head.length - size);
            System.arraycopy(bytes, offset, head, (int) size, count);
        }
        digest.update(bytes, offset, length);
        var isHeadNew = size < head.length;
        size += length;
        if (isHeadNew && size >= head.length) {
            requireType();
        }
    }

    /// What is known of the complete file.
    public Blob complete(BlobId id) throws BlobRejected {
        if (size == 0) {
            throw new BlobRejected(BlobRejected.Reason.EMPTY, "body: empty (expected: an image)");
        }
        if (size < head.length) {
            requireType();
        }
        return new Blob(id, HexFormat.of().formatHex(digest.digest()), size, type);
    }

    private void requireType() throws BlobRejected {
        var begun = Arrays.copyOf(head, (int) Math.min(size, head.length));
        var found = BlobType.detect(begun);
        if (found.filter(type::equals).isEmpty()) {
            throw new BlobRejected(
                    BlobRejected.Reason.WRONG_TYPE,
                    "body: " + found.map(BlobType::mediaType).orElse("no image of a known type") + " (expected: "
                            + type.mediaType() + ", as its content type says)");
        }
    }

    /// Every Java has SHA-256.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
