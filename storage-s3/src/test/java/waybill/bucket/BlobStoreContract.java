package waybill.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.blob.BlobRejected;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;

/// What every store of files does: a file is whole, or it is not there.
abstract class BlobStoreContract {

    static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");
    static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /// Opens the store, whose temporary files are in the folder.
    abstract BlobStore open();

    /// The complete files, wherever they are.
    abstract long completeFiles() throws IOException;

    static BlobId id(int number) {
        return new BlobId(new UUID(0, number));
    }

    static Blob put(BlobStore store, BlobId id) throws BlobRejected {
        try (var upload = store.begin(id, BlobType.JPEG, 100)) {
            upload.write(JPEG, 0, 5);
            upload.write(JPEG, 5, JPEG.length - 5);
            return upload.complete();
        }
    }

    final long temporaryFiles() throws IOException {
        try (var files = Files.list(folder.resolve("incoming"))) {
            return files.count();
        }
    }

    @Test
    void aCompleteFileIsReadAndDeleted() throws IOException, BlobRejected {
        try (var store = open()) {
            var blob = put(store, id(1));
            assertThat(blob.size()).isEqualTo(JPEG.length);
            assertThat(blob.sha256()).hasSize(64);
            assertThat(blob.type()).isEqualTo(BlobType.JPEG);
            try (var in = store.open(id(1)).orElseThrow()) {
                assertThat(in.readAllBytes()).isEqualTo(JPEG);
            }
            store.delete(id(1));
            store.delete(id(1));
            assertThat(store.open(id(1))).isEmpty();
            assertThat(completeFiles()).isZero();
            assertThat(temporaryFiles()).isZero();
        }
    }

    @Test
    void aFileIsThereWhenTheStoreIsOpenedAgain() throws IOException, BlobRejected {
        try (var store = open()) {
            put(store, id(1));
        }
        try (var store = open();
                var in = store.open(id(1)).orElseThrow()) {
            assertThat(in.read()).isEqualTo(0xFF);
            assertThat(in.readAllBytes()).hasSize(JPEG.length - 1);
        }
    }

    @Test
    void aReaderMayStopEarly() throws IOException, BlobRejected {
        try (var store = open()) {
            put(store, id(1));
            try (var in = store.open(id(1)).orElseThrow()) {
                assertThat(in.read(new byte[4])).isEqualTo(4);
            }
            store.check();
        }
    }

    @Test
    void nothingIsLeftOfAnUploadThatIsNotCompleted() throws IOException, BlobRejected {
        try (var store = open()) {
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
            assertThat(completeFiles()).isZero();
            assertThat(temporaryFiles()).isZero();
        }
    }

    @Test
    void allFilesAreListedAndWhatACrashLeavesIsDeleted() throws IOException, BlobRejected {
        try (var store = open()) {
            for (var i = 1; i <= 5; i++) {
                put(store, id(i));
            }
            Files.write(folder.resolve("incoming").resolve(id(6).toString()), JPEG);
            var found = new ArrayList<BlobId>();
            store.forEachBefore(Instant.EPOCH, found::add);
            assertThat(found).as("too young").isEmpty();
            assertThat(temporaryFiles()).isOne();
            store.forEachBefore(LATER, found::add);
            assertThat(found).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4), id(5));
            assertThat(temporaryFiles()).isZero();
        }
    }

    @Test
    void filesAreDeletedWhileTheyAreListed() throws IOException, BlobRejected {
        try (var store = open()) {
            for (var i = 1; i <= 5; i++) {
                put(store, id(i));
            }
            store.forEachBefore(LATER, store::delete);
            assertThat(completeFiles()).isZero();
        }
    }
}
