package waybill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.blob.Bucket;
import waybill.blob.BucketKey;
import waybill.server.FilesConfig;

/// The options of uploaded files.
final class FilesOptions {

    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String KEY_SECRET = "AWS_SECRET_ACCESS_KEY";

    @Option(
            names = "--image-max",
            paramLabel = "BYTES",
            description = "the size of an image of a proof or a product (default: ${DEFAULT-VALUE})")
    private long imageMax = FilesConfig.IMAGE_BYTES_MAX;

    @Option(
            names = "--s3-bucket",
            paramLabel = "NAME",
            description = "the bucket that images are stored in, of Amazon S3 or a service with its interface"
                    + " (default: none, they are stored in the data directory)")
    private @Nullable String bucket;

    @Option(
            names = "--s3-prefix",
            paramLabel = "TEXT",
            description = "what the keys of all images in the bucket begin with, such as hub-1/; two hubs must not"
                    + " share bucket and prefix (default: nothing)")
    private String prefix = "";

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "the address of the service (default: that of Amazon S3 in the region)")
    private @Nullable String endpoint;

    @Option(
            names = "--s3-region",
            paramLabel = "NAME",
            description = "the region of the bucket (default: ${DEFAULT-VALUE})")
    private String region = Bucket.REGION;

    @Option(
            names = "--s3-path-style",
            description = "put the bucket into the path of addresses, as MinIO and others need it (default: into the"
                    + " name of the host)")
    private boolean isPathStyle;

    @Option(
            names = "--s3-key-file",
            paramLabel = "FILE",
            description = "file with the id of the access key on its first line and the secret on its second"
                    + " (default: " + KEY_ID + " and " + KEY_SECRET + ")")
    private @Nullable Path keyFile;

    FilesConfig config(Map<String, String> environment) {
        return FilesConfig.defaults().withImageBytesMax(imageMax).withBucket(bucket(environment));
    }

    private Optional<Bucket> bucket(Map<String, String> environment) {
        if (bucket == null) {
            requireNoOther();
            return Optional.empty();
        }
        return Optional.of(
                new Bucket(bucket, prefix, Optional.ofNullable(endpoint), region, isPathStyle, key(environment)));
    }

    /// An operator that forgets the bucket must not find the images in the data directory later.
    private void requireNoOther() {
        if (endpoint != null || isPathStyle || keyFile != null || !prefix.isEmpty()) {
            throw new IllegalArgumentException(
                    "s3-bucket: missing beside another option of S3 (expected: the name of a bucket)");
        }
    }

    private BucketKey key(Map<String, String> environment) {
        var lines = keyFile == null ? variables(environment) : lines(keyFile);
        if (lines.size() != 2) {
            throw new IllegalArgumentException("s3-bucket: " + bucket + " without a key (expected: " + KEY_ID + " and "
                    + KEY_SECRET + ", or --s3-key-file with an id and a secret, each on a line)");
        }
        return new BucketKey(lines.getFirst(), lines.getLast());
    }

    private static List<String> variables(Map<String, String> environment) {
        var id = SigningOptions.optionOrVariable(null, environment, KEY_ID);
        var secret = SigningOptions.optionOrVariable(null, environment, KEY_SECRET);
        return id.isPresent() && secret.isPresent()
                ? List.of(id.get().strip(), secret.get().strip())
                : List.of();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException _) {
            throw new IllegalArgumentException("s3-key-file: " + file
                    + " cannot be read (expected: a file with the id of an access key and its secret)");
        }
    }
}
