package waybill.blob;

import java.util.Optional;

/// A bucket of a service that has the interface of Amazon S3.
///
/// @param name the bucket, which must exist
/// @param prefix what the keys of all files of this hub begin with; empty, or with a slash at its end
/// @param endpoint the address of the service; empty for that of AWS in the region
/// @param region the region that requests are signed for
/// @param isPathStyle whether the bucket is in the path of the address, and not a part of the name of the host
public record Bucket(
        String name, String prefix, Optional<String> endpoint, String region, boolean isPathStyle, BucketKey key) {

    public static final String REGION = "us-east-1";

    private static final String NAME = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
    private static final String PREFIX = "(?:[A-Za-z0-9._-]{1,100}/){0,5}";
    private static final String ENDPOINT = "https?://[A-Za-z0-9.:\\[\\]-]{1,255}/?";
    private static final String REGION_NAME = "[a-z0-9-]{1,50}";

    public Bucket {
        requireMatch("s3-bucket", name, NAME, "3 to 63 of a-z, 0-9, '.' and '-'");
        requireMatch("s3-prefix", prefix, PREFIX, "names of A-Z, a-z, 0-9, '.', '_' and '-', each with a '/' after it");
        requireMatch("s3-region", region, REGION_NAME, "a name such as " + REGION);
        endpoint.ifPresent(url ->
                requireMatch("s3-endpoint", url, ENDPOINT, "the address of a server, such as https://s3.example.com"));
    }

    private static void requireMatch(String option, String value, String pattern, String expected) {
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + expected + ")");
        }
    }

    /// Where a file is in the bucket.
    public String path(BlobId id) {
        return prefix + id.path();
    }

    /// The id of the file that is there; empty for what is no file of a hub.
    public Optional<BlobId> id(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        try {
            var id = BlobId.parse(name);
            return path(id).equals(path) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
