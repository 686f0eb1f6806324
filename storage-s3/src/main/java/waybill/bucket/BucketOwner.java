package waybill.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import waybill.blob.BlobFailure;
import waybill.blob.Bucket;

/// Which hub a prefix of a bucket belongs to: a hub deletes the files there that its database does not name, which
/// must not be those of another one. The name of the hub is in a file of its own and in an object beside its files.
/// Safe from any thread.
final class BucketOwner {

    /// The object.
    static final String NAME = "waybill-hub.txt";

    private static final int NAME_BYTES_MAX = 100;

    private final Bucket bucket;
    private final String hub;
    private volatile boolean isConfirmed;

    private BucketOwner(Bucket bucket, String hub) {
        this.bucket = bucket;
        this.hub = hub;
    }

    /// The owner by the file in that folder, which is created if there is none.
    static BucketOwner open(Bucket bucket, Path folder) {
        var file = folder.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                var written = Files.writeString(folder.resolve(NAME + ".new"), UUID.randomUUID() + "\n");
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return new BucketOwner(bucket, Files.readString(file).strip());
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    String key() {
        return bucket.prefix() + NAME;
    }

    /// Fails if the prefix belongs to another hub. Takes one that belongs to none.
    ///
    /// @param read the object
    /// @param write stores the object
    void confirm(Supplier<Optional<InputStream>> read, Consumer<String> write) {
        if (isConfirmed) {
            return;
        }
        if (read(read).isEmpty()) {
            write.accept(hub + "\n");
        }
        var found = read(read);
        if (!found.equals(hub)) {
            throw new BlobFailure("s3-bucket " + bucket.name() + ": " + bucket.prefix() + " belongs to the hub " + found
                    + " (expected: " + hub + ", or a bucket or s3-prefix of this hub alone; delete " + key()
                    + " there if that hub is gone)");
        }
        isConfirmed = true;
    }

    private String read(Supplier<Optional<InputStream>> read) {
        var object = read.get();
        if (object.isEmpty()) {
            return "";
        }
        try (var in = object.get()) {
            return new String(in.readNBytes(NAME_BYTES_MAX), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new BlobFailure("s3-bucket " + bucket.name() + ": cannot read " + key() + ": " + e.getMessage(), e);
        }
    }
}
