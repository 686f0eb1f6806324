package waybill.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import waybill.blob.BlobFailure;
import waybill.blob.BlobStore;
import waybill.hub.schedule.BlobSweep;
import waybill.storage.blob.FolderBlobStore;

/// Uploaded files: where they are stored, the threads that read and write them, and the sweep of those that are not
/// needed.
public record FilesPart(BlobStore store, ExecutorService executor, BlobSweep sweep) implements AutoCloseable {

    private static final int THREADS = 8;

    /// Pieces that wait for a thread. Uploads and downloads in progress are limited, and each has one piece at a
    /// time.
    private static final int QUEUE_MAX = 1_024;

    static FilesPart start(Config config, Platform platform, StoragePart storage) {
        var store = open(config);
        var executor =
                platform.threads().executor("waybill-files", THREADS, QUEUE_MAX, new ThreadPoolExecutor.AbortPolicy());
        return new FilesPart(
                store,
                executor,
                new BlobSweep(
                        store, storage.store().blobReferences(), executor, platform.clock(), platform::elapsedMs));
    }

    private static BlobStore open(Config config) {
        try {
            return FolderBlobStore.open(FolderBlobStore.folder(config.data()));
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
