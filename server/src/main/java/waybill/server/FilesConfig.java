package waybill.server;

import java.util.Optional;
import waybill.blob.Bucket;

/// The settings of uploaded files.
///
/// @param imageBytesMax the largest image of a proof or a product
/// @param bucket where they are stored; without one, in the data directory
public record FilesConfig(long imageBytesMax, Optional<Bucket> bucket) {

    public static final long IMAGE_BYTES_MAX = 10_000_000;

    public FilesConfig {
        if (imageBytesMax < 1 || imageBytesMax > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "imageBytesMax: " + imageBytesMax + " (expected: 1.." + Integer.MAX_VALUE + ")");
        }
    }

    public static FilesConfig defaults() {
        return new FilesConfig(IMAGE_BYTES_MAX, Optional.empty());
    }

    public FilesConfig withImageBytesMax(long value) {
        return new FilesConfig(value, bucket);
    }

    public FilesConfig withBucket(Optional<Bucket> value) {
        return new FilesConfig(imageBytesMax, value);
    }
}
