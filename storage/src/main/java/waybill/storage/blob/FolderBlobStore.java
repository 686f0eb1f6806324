package waybill.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
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
import waybill.storage.sqlite.PrivateFiles;

/// Files in a folder that is its owner's alone. A complete file is moved into one of 256 folders by the end of its
/// id, so that none has too many. Safe from any thread.
public final class FolderBlobStore implements BlobStore {

    /// The folder of uploads that are not complete.
    private static final String INCOMING = "incoming";

    private final Path folder;
    private final Path incoming;

    private FolderBlobStore(Path folder) {
        this.folder = folder;
        incoming = folder.resolve(INCOMING);
    }

    /// The folder of a hub's files in its data directory.
    public static Path folder(Path data) {
        return data.resolve("blobs");
    }

    /// Opens a folder, and creates it if there is none.
    public static FolderBlobStore open(Path folder) {
        try {
            PrivateFiles.createDirectory(folder);
            PrivateFiles.createDirectory(folder.resolve(INCOMING));
            return new FolderBlobStore(folder);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + folder + " cannot be created: " + e.getMessage(), e);
        }
    }

    @Override
    public Upload begin(BlobId id, BlobType type, long bytesMax) {
        return StagedUpload.begin(incoming, id, type, bytesMax, this::move);
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
        return directory(id).resolve(id.toString());
    }

    private Path directory(BlobId id) {
        var name = id.toString();
        return folder.resolve(name.substring(name.length() - 2));
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
        delete(path(id));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + file + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public void forEachBefore(Instant time, Consumer<BlobId> consumer) {
        forEachFileBefore(incoming, time, FolderBlobStore::delete);
        try (var folders = Files.newDirectoryStream(folder, "??")) {
            for (var one : folders) {
                forEachFileBefore(one, time, file -> consumer.accept(BlobId.parse(name(file))));
            }
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void forEachFileBefore(Path directory, Instant time, Consumer<Path> consumer) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, file -> isBlob(file, time))) {
            files.forEach(consumer);
        } catch (IOException e) {
            throw new BlobFailure("blobs: " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// A file that vanishes while it is looked at was deleted or completed, and is passed over.
    private static boolean isBlob(Path file, Instant time) throws IOException {
        try {
            return name(file).length() == 36
                    && Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public void close() {
        // each file is closed by its reader or its writer
    }
}
