package waybill.bucket;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import waybill.blob.Blob;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;
import waybill.blob.Bucket;
import waybill.storage.blob.StagingFolder;

/// Files in a bucket. An upload is a temporary file until it is complete, so that its size and its hash are known
/// when it is sent; the service checks the hash, and shows an object as a whole or not at all. Each call blocks its
/// thread, for [S3Limits#call] at most. The callers' threads limit how many requests are in progress. Safe from any
/// thread.
public final class S3BlobStore implements BlobStore {

    /// The hash of a file, beside its content.
    private static final String SHA256 = "sha256";

    private static final Logger LOG = LoggerFactory.getLogger(S3BlobStore.class);

    private final S3Client client;
    private final Bucket bucket;
    private final StagingFolder staging;
    private final S3Limits limits;
    private final LongSupplier elapsedMs;
    private final Outage outage;
    private final BucketOwner owner;

    private S3BlobStore(
            S3Client client,
            Bucket bucket,
            StagingFolder staging,
            BucketOwner owner,
            S3Limits limits,
            LongSupplier elapsedMs) {
        this.client = client;
        this.bucket = bucket;
        this.staging = staging;
        this.owner = owner;
        this.limits = limits;
        this.elapsedMs = elapsedMs;
        outage = new Outage("s3-bucket " + bucket.name(), limits.pause(), elapsedMs);
    }

    /// Opens a bucket. Fails if its service refuses the hub, or if another hub has it. A service that does not answer
    /// may do so later: the hub starts without it.
    ///
    /// @param folder of temporary files and of the name of the hub, which is created if there is none
    public static S3BlobStore open(Bucket bucket, Path folder, S3Limits limits, LongSupplier elapsedMs) {
        var staging = StagingFolder.open(folder);
        var owner = BucketOwner.open(bucket, folder);
        var store = new S3BlobStore(S3Clients.open(bucket, limits), bucket, staging, owner, limits, elapsedMs);
        try {
            store.check();
        } catch (BlobFailure e) {
            if (!store.outage.isUnreachable()) {
                store.close();
                throw e;
            }
            LOG.error("the hub starts without its files, which it can neither store nor send: {}", e.getMessage());
        }
        return store;
    }

    @Override
    public Upload begin(BlobId id, BlobType type, long bytesMax) {
        outage.requireNone();
        confirmOwner();
        return staging.begin(id, type, bytesMax, this::put);
    }

    private void put(Path file, Blob blob) {
        var key = bucket.path(blob.id());
        outage.call(
                "store",
                () -> client.putObject(
                        request -> request.bucket(bucket.name())
                                .key(key)
                                .contentType(blob.type().mediaType())
                                .contentLength(blob.size())
                                .checksumSHA256(Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(blob.sha256())))
                                .metadata(Map.of(SHA256, blob.sha256())),
                        RequestBody.fromFile(file)));
        var stored = outage.call(
                "store",
                () -> client.headObject(request -> request.bucket(bucket.name()).key(key)));
        if (!Objects.equals(stored.contentLength(), blob.size())
                || !blob.sha256().equals(stored.metadata().get(SHA256))) {
            throw new BlobFailure("s3-bucket " + bucket.name() + ": has " + stored.contentLength() + " bytes of "
                    + blob.id() + " (expected: " + blob.size() + ", and the hash of the file that was sent)");
        }
    }

    @Override
    public Optional<InputStream> open(BlobId id) {
        return open(bucket.path(id));
    }

    private Optional<InputStream> open(String key) {
        var request = GetObjectRequest.builder().bucket(bucket.name()).key(key).build();
        return outage.call("read", () -> {
            try {
                return Optional.of(new ObjectStream(client.getObject(request), limits.body(), elapsedMs));
            } catch (NoSuchKeyException _) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void delete(BlobId id) {
        outage.call(
                "delete",
                () -> client.deleteObject(
                        request -> request.bucket(bucket.name()).key(bucket.path(id))));
    }

    @Override
    public void forEachBefore(Instant time, Consumer<BlobId> consumer) {
        staging.deleteBefore(time);
        confirmOwner();
        String next = null;
        do {
            var page = page(next);
            for (var object : page.contents()) {
                if (object.lastModified().isBefore(time)) {
                    bucket.id(object.key()).ifPresent(consumer);
                }
            }
            next = nextPage(page, next);
        } while (next != null);
    }

    private ListObjectsV2Response page(@Nullable String continuation) {
        return outage.call(
                "list",
                () -> client.listObjectsV2(request ->
                        request.bucket(bucket.name()).prefix(bucket.prefix()).continuationToken(continuation)));
    }

    private @Nullable String nextPage(ListObjectsV2Response page, @Nullable String before) {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        var next = page.nextContinuationToken();
        if (next == null || next.equals(before)) {
            throw new BlobFailure(
                    "s3-bucket " + bucket.name() + ": lists no next page (expected: one, as the page before says)");
        }
        return next;
    }

    @Override
    public void check() {
        staging.check();
        outage.probe(() -> client.listObjectsV2(
                request -> request.bucket(bucket.name()).prefix(bucket.prefix()).maxKeys(1)));
        confirmOwner();
    }

    private void confirmOwner() {
        owner.confirm(
                () -> open(owner.key()),
                hub -> outage.call(
                        "store",
                        () -> client.putObject(
                                request -> request.bucket(bucket.name()).key(owner.key()),
                                RequestBody.fromString(hub))));
    }

    @Override
    public void close() {
        client.close();
    }
}
