package waybill.storage.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobType;
import waybill.storage.sql.PrivateFiles;

/// A folder of uploads that are not complete, of which a crash may leave some. Safe from any thread.
public final class StagingFolder {

    private final Path folder;

    private StagingFolder(Path folder) {
        this.folder = folder;
    }

    /// The folder of uploads among a hub's files, which is created if there is none.
    public static StagingFolder open(Path files) {
        try {
            var folder = files.resolve("incoming");
            PrivateFiles.createDirectory(files);
            PrivateFiles.createDirectory(folder);
            return new StagingFolder(folder);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + files + " cannot be created: " + e.getMessage(), e);
        }
    }

    /// Begins an upload with a new file.
    public StagedUpload begin(BlobId id, BlobType type, long bytesMax, StagedUpload.Commit commit) {
        return StagedUpload.begin(folder, id, type, bytesMax, commit);
    }

    /// Deletes what is left of uploads that were begun before that time.
    public void deleteBefore(Instant time) {
        forEachBefore(folder, time, StagingFolder::delete);
    }

    /// Fails if no upload can be begun.
    public void check() {
        if (!Files.isWritable(folder)) {
            throw new BlobFailure(
                    "blobs: " + folder + " cannot be written (expected: a folder that the hub may write)");
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + file + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    static void forEachBefore(Path directory, Instant time, Consumer<Path> consumer) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, file -> isBlob(file, time))) {
            files.forEach(consumer);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// A file that vanishes while it is looked at was deleted or completed, and is passed over.
    private static boolean isBlob(Path file, Instant time) throws IOException {
        try {
            return name(file).length() == BlobId.LENGTH
                    && Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
