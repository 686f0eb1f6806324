package waybill.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import waybill.blob.BlobFailure;
import waybill.blob.BlobStore;
import waybill.bucket.S3BlobStore;
import waybill.bucket.S3Limits;
import waybill.hub.schedule.BlobSweep;
import waybill.hub.schedule.BlobWatch;
import waybill.storage.blob.FolderBlobStore;

/// Uploaded files: where they are stored, the threads that read and write them, the sweep of those that are not
/// needed, and the watch over their store.
public record FilesPart(BlobStore store, ExecutorService executor, BlobSweep sweep, BlobWatch watch)
        implements AutoCloseable {

    /// Also how many requests a bucket is sent at a time.
    private static final int THREADS = 8;

    /// Pieces that wait for a thread. Uploads and downloads in progress are limited, and each has one piece at a
    /// time.
    private static final int QUEUE_MAX = 1_024;

    static FilesPart start(Config config, Platform platform, StoragePart storage) {
        var store = open(config, platform);
        var executor =
                platform.threads().executor("waybill-files", THREADS, QUEUE_MAX, new ThreadPoolExecutor.AbortPolicy());
        return new FilesPart(
                store,
                executor,
                new BlobSweep(store, storage.store().blobReferences(), executor, platform.clock(), platform::elapsedMs),
                new BlobWatch(store, executor, platform::elapsedMs));
    }

    private static BlobStore open(Config config, Platform platform) {
        var folder = FolderBlobStore.folder(config.data());
        var bucket = config.files().bucket();
        try {
            return bucket.isPresent()
                    ? S3BlobStore.open(bucket.get(), folder, S3Limits.defaults(), platform::elapsedMs)
                    : FolderBlobStore.open(folder);
        } catch (BlobFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        executor.close();
        store.close();
    }
}
