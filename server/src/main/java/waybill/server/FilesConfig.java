package waybill.server;

/// The settings of uploaded files.
///
/// @param imageBytesMax the largest image of a proof or a product
public record FilesConfig(long imageBytesMax) {

    public static final long IMAGE_BYTES_MAX = 10_000_000;

    public FilesConfig {
        if (imageBytesMax < 1 || imageBytesMax > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "imageBytesMax: " + imageBytesMax + " (expected: 1.." + Integer.MAX_VALUE + ")");
        }
    }

    public static FilesConfig defaults() {
        return new FilesConfig(IMAGE_BYTES_MAX);
    }

    public FilesConfig withImageBytesMax(long value) {
        return new FilesConfig(value);
    }
}
