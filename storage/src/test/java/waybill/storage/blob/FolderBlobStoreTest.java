package waybill.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;

/// What a folder does besides what every store of files does (`BlobStoreContract`): the modes of its files, what
/// is left of a crash, and backups.
class FolderBlobStoreTest {

    private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private BlobStore store() {
        return FolderBlobStore.open(FolderBlobStore.folder(data));
    }

    private static BlobId id(int number) {
        return new BlobId(new UUID(0, number));
    }

    private static void put(BlobStore store, BlobId id) throws BlobRejected {
        try (var upload = store.begin(id, BlobType.JPEG, 100)) {
            upload.write(JPEG, 0, JPEG.length);
            upload.complete();
        }
    }

    private long files() throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whatACrashLeavesIsSwept() throws IOException, BlobRejected {
        try (var store = store()) {
            put(store, id(1));
            Files.write(FolderBlobStore.folder(data).resolve("incoming").resolve(id(2).toString()), JPEG);
            var found = new ArrayList<BlobId>();
            store.forEachBefore(Instant.EPOCH, found::add);
            assertThat(found).as("too young").isEmpty();
            store.forEachBefore(LATER, found::add);
            assertThat(found).containsExactly(id(1));
            assertThat(files()).as("without the incomplete one").isEqualTo(1);
        }
    }

    @Test
    void otherUsersOfTheMachineCannotReadThem() throws IOException, BlobRejected {
        try (var store = store()) {
            put(store, id(1));
        }
        var folder = FolderBlobStore.folder(data);
        var file = folder.resolve("01").resolve(id(1).toString());
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aBackupHasTheCompleteFiles() throws IOException, BlobRejected {
        var target = data.resolve("copy");
        try (var store = store()) {
            put(store, id(1));
            Files.write(FolderBlobStore.folder(data).resolve("incoming").resolve(id(2).toString()), JPEG);
            BlobBackup.copy(FolderBlobStore.folder(data), FolderBlobStore.folder(target));
        }
        try (var restored = FolderBlobStore.open(FolderBlobStore.folder(target))) {
            var found = new ArrayList<BlobId>();
            restored.forEachBefore(LATER, found::add);
            assertThat(found).isEqualTo(List.of(id(1)));
        }
    }
}
