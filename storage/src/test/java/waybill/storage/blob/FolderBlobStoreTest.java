package waybill.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;

/// Files in a folder: whole or not there, and their owner's alone.
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

    private static Blob put(BlobStore store, BlobId id) throws BlobRejected {
        try (var upload = store.begin(id, BlobType.JPEG, 100)) {
            upload.write(JPEG, 0, 5);
            upload.write(JPEG, 5, JPEG.length - 5);
            return upload.complete();
        }
    }

    private long files() throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aCompleteFileIsReadAndDeleted() throws IOException, BlobRejected {
        try (var store = store()) {
            var blob = put(store, id(1));
            assertThat(blob.size()).isEqualTo(JPEG.length);
            assertThat(blob.sha256()).hasSize(64);
            try (var in = store.open(id(1)).orElseThrow()) {
                assertThat(in.readAllBytes()).isEqualTo(JPEG);
            }
            store.delete(id(1));
            store.delete(id(1));
            assertThat(store.open(id(1))).isEmpty();
            assertThat(files()).isZero();
        }
    }

    @Test
    void nothingIsLeftOfAnUploadThatIsNotCompleted() throws IOException, BlobRejected {
        try (var store = store()) {
            try (var upload = store.begin(id(1), BlobType.JPEG, 100)) {
                upload.write(JPEG, 0, JPEG.length);
                assertThat(store.open(id(1))).as("before it is complete").isEmpty();
            }
            try (var upload = store.begin(id(2), BlobType.JPEG, 10)) {
                assertThatThrownBy(() -> upload.write(JPEG, 0, JPEG.length)).isInstanceOf(BlobRejected.class);
            }
            try (var upload = store.begin(id(3), BlobType.PNG, 100)) {
                assertThatThrownBy(() -> upload.write(JPEG, 0, JPEG.length))
                        .isInstanceOf(BlobRejected.class)
                        .hasMessageContaining("image/jpeg (expected: image/png");
            }
            try (var upload = store.begin(id(4), BlobType.JPEG, 100)) {
                assertThatThrownBy(upload::complete).isInstanceOf(BlobRejected.class);
            }
            try (var upload = store.begin(id(5), BlobType.JPEG, 100)) {
                upload.write(new byte[] {1, 2}, 0, 2);
                assertThatThrownBy(upload::complete).isInstanceOf(BlobRejected.class);
            }
            assertThat(files()).isZero();
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
            assertThat(BlobBackup.copy(FolderBlobStore.folder(data), FolderBlobStore.folder(target)))
                    .isEqualTo(JPEG.length);
        }
        try (var restored = FolderBlobStore.open(FolderBlobStore.folder(target))) {
            var found = new ArrayList<BlobId>();
            restored.forEachBefore(LATER, found::add);
            assertThat(found).isEqualTo(List.of(id(1)));
        }
    }
}
