package waybill.storage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import waybill.blob.Blob;
import waybill.blob.BlobCheck;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;
import waybill.storage.sql.PrivateFiles;

/// An upload that is written to a temporary file while it is checked, and stored when it is complete. Used by one
/// thread at a time.
public final class StagedUpload implements BlobStore.Upload {

    /// Stores a complete and durable temporary file, which it may move.
    @FunctionalInterface
    public interface Commit {
        void store(Path file, Blob blob) throws IOException;
    }

    private final BlobId id;
    private final Path file;
    private final FileChannel channel;
    private final BlobCheck check;
    private final Commit commit;

    private StagedUpload(BlobId id, Path file, FileChannel channel, BlobCheck check, Commit commit) {
        this.id = id;
        this.file = file;
        this.channel = channel;
        this.check = check;
        this.commit = commit;
    }

    /// Begins an upload with a new file in that folder.
    public static StagedUpload begin(Path folder, BlobId id, BlobType type, long bytesMax, Commit commit) {
        var file = folder.resolve(id.toString());
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            PrivateFiles.restrict(file);
            return new StagedUpload(id, file, channel, new BlobCheck(type, bytesMax), commit);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws BlobRejected {
        check.add(bytes, offset, length);
        try {
            var rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Blob complete() throws BlobRejected {
        var blob = check.complete(id);
        try {
            channel.force(/* metaData= */ true);
            channel.close();
            commit.store(file, blob);
            return blob;
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + id + " cannot be stored: " + e.getMessage(), e);
        }
    }

    /// A complete upload has no temporary file.
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + file + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
