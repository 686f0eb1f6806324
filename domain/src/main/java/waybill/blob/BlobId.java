package waybill.blob;

import java.util.UUID;

/// The name of a stored file. Each upload has its own, also of equal content, so that deleting one never takes
/// another.
public record BlobId(UUID value) {

    /// The characters of its text.
    public static final int LENGTH = 36;

    private static final int DIRECTORY_LENGTH = 2;

    public static BlobId parse(String text) {
        return new BlobId(UUID.fromString(text));
    }

    /// One of 256 directories, so that none has too many files.
    public String directory() {
        return toString().substring(LENGTH - DIRECTORY_LENGTH);
    }

    /// Where the file is, in a folder as in a bucket: copying one into the other is all that a move takes.
    public String path() {
        return directory() + "/" + this;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
