package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.sql.StoreLimits;

/// A backup is whole, can be made while the hub runs, and is a data directory to go on with.
class BackupTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aBackupOfARunningStoreCanBeOpened() {
        var data = folder.resolve("data");
        var target = folder.resolve("backup");
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "m1").join();
            store.trackLog().append(TrackLogContract.point("kari", 1));
            store.trackLog().flush();
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .hasSize(1);
            assertThat(Backup.create(data, target))
                    .extracting(copied -> copied.file().getFileName().toString())
                    .containsExactly("waybill.db", "tracks.db");
            parcels.place("acme", "m2").join();
        }
        try (var restored = Store.open(target, StoreLimits.defaults(), () -> {})) {
            assertThat(restored.eventLog().listAfter(0, 10))
                    .extracting(OrderFixture::messageId)
                    .containsExactly("m1");
            assertThat(restored.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .hasSize(1);
            assertThat(OrderFixture.eventId(new OrderFixture(restored.journal())
                            .place("acme", "m3")
                            .join()))
                    .isEqualTo(2);
        }
    }

    @Test
    void aBackupOfAStoppedHubHasAllAcknowledgedData() {
        var data = folder.resolve("data");
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            new OrderFixture(store.journal()).place("acme", "m1").join();
        }
        Backup.create(data, folder.resolve("backup"));
        try (var restored = Store.open(folder.resolve("backup"), StoreLimits.defaults(), () -> {})) {
            assertThat(restored.eventLog().listAfter(0, 10)).hasSize(1);
        }
    }

    @Test
    void anExistingBackupIsNotOverwritten() {
        var data = folder.resolve("data");
        Store.open(data, StoreLimits.defaults(), () -> {}).close();
        Backup.create(data, folder.resolve("backup"));
        assertThatThrownBy(() -> Backup.create(data, folder.resolve("backup")))
                .hasMessageContaining("waybill.db is there already");
    }

    @Test
    void aDirectoryWithoutDataIsReported() {
        assertThatThrownBy(() -> Backup.create(folder, folder.resolve("backup")))
                .hasMessageContaining("has no waybill.db (expected: the data directory of a hub");
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void aDamagedDatabaseMakesNoBackup() throws IOException {
        var data = folder.resolve("data");
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            new OrderFixture(store.journal()).place("acme", "m1").join();
        }
        try (var file = FileChannel.open(data.resolve("waybill.db"), StandardOpenOption.WRITE)) {
            for (var page = 2; page < file.size() / 4_096; page++) {
                file.write(ByteBuffer.allocate(512), page * 4_096L);
            }
        }
        assertThatThrownBy(() -> Backup.create(data, folder.resolve("backup")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waybill.db");
        assertThat(folder.resolve("backup").resolve("waybill.db")).doesNotExist();
        assertThat(folder.resolve("backup")).isEmptyDirectory();
    }
}
