package waybill.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.blob.Blob;
import waybill.blob.BlobFailure;
import waybill.blob.BlobId;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;
import waybill.storage.sql.PrivateFiles;

/// Files in a folder that is its owner's alone. A complete file is moved into one of 256 folders by the end of its
/// id, so that none has too many. Safe from any thread.
public final class FolderBlobStore implements BlobStore {

    private final Path folder;
    private final StagingFolder staging;

    private FolderBlobStore(Path folder, StagingFolder staging) {
        this.folder = folder;
        this.staging = staging;
    }

    /// The folder of a hub's files in its data directory.
    public static Path folder(Path data) {
        return data.resolve("blobs");
    }

    /// Opens a folder, and creates it if there is none.
    public static FolderBlobStore open(Path folder) {
        return new FolderBlobStore(folder, StagingFolder.open(folder));
    }

    @Override
    public Upload begin(BlobId id, BlobType type, long bytesMax) {
        return staging.begin(id, type, bytesMax, this::move);
    }

    /// The file is durable. So is its name afterwards.
    private void move(Path staged, Blob blob) throws IOException {
        var target = path(blob.id());
        var directory = directory(blob.id());
        PrivateFiles.createDirectory(directory);
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        sync(directory);
        sync(folder);
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(/* metaData= */ true);
        }
    }

    private Path path(BlobId id) {
        return folder.resolve(id.path());
    }

    private Path directory(BlobId id) {
        return folder.resolve(id.directory());
    }

    @Override
    public Optional<InputStream> open(BlobId id) {
        try {
            return Optional.of(Files.newInputStream(path(id)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void delete(BlobId id) {
        StagingFolder.delete(path(id));
    }

    @Override
    public void forEachBefore(Instant time, Consumer<BlobId> consumer) {
        staging.deleteBefore(time);
        try (var folders = Files.newDirectoryStream(folder, "??")) {
            for (var one : folders) {
                StagingFolder.forEachBefore(one, time, file -> consumer.accept(BlobId.parse(StagingFolder.name(file))));
            }
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void check() {
        staging.check();
    }

    @Override
    public void close() {
        // each file is closed by its reader or its writer
    }
}
