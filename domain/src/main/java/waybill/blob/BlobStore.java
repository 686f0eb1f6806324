package waybill.blob;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Stores files. A port: `storage` implements it in a folder, and `storage-s3` in a bucket. All of it may block, so
/// no event loop calls it. Fails with a [BlobFailure].
///
/// `BlobStoreContract` tests what every implementation must do.
public interface BlobStore extends AutoCloseable {

    /// Begins an upload. Nothing can be opened under the id before [Upload#complete].
    Upload begin(BlobId id, BlobType type, long bytesMax);

    /// The content of a file, or empty when there is none of that id. The caller closes it.
    Optional<InputStream> open(BlobId id);

    /// Deletes a file. Deleting one that is not there does nothing.
    void delete(BlobId id);

    /// Passes on the ids of the files that were stored before that time. Also deletes what is left of uploads that
    /// were begun before it and not completed.
    void forEachBefore(Instant time, Consumer<BlobId> consumer);

    /// Fails if files cannot be stored now.
    void check();

    @Override
    void close();

    /// A file that is being stored. Used by one thread at a time.
    interface Upload extends AutoCloseable {

        void write(byte[] bytes, int offset, int length) throws BlobRejected;

        /// Makes the file durable, and then available. It is whole afterwards, or not there.
        Blob complete() throws BlobRejected;

        /// Deletes what was written, unless the upload is complete.
        @Override
        void close();
    }
}
