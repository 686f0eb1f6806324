package waybill.blob;

import java.util.UUID;

/// The name of a stored file. Each upload has its own, also of equal content, so that deleting one never takes
/// another.
public record BlobId(UUID value) {

    public static BlobId parse(String text) {
        return new BlobId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
