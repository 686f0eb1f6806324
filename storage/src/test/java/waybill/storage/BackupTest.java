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

/// A backup is whole, can be made while the hub runs, and is a data directory to go on with.
class BackupTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aBackupOfARunningStoreIsADataDirectoryToGoOnWith() {
        var data = folder.resolve("data");
        var target = folder.resolve("backup");
        try (var store = Store.open(data, Limits.defaults(), () -> {})) {
            var parcels = new Parcels(store.journal());
            parcels.place("acme", "m1").join();
            store.tracks().keep(TrackLogContract.point("kari", 1));
            store.tracks().settle();
            assertThat(store.tracks().between("kari", 0, Long.MAX_VALUE, 10)).hasSize(1);
            assertThat(Backup.make(data, target))
                    .extracting(copied -> copied.file().getFileName().toString())
                    .containsExactly("waybill.db", "tracks.db");
            parcels.place("acme", "m2").join();
        }
        try (var restored = Store.open(target, Limits.defaults(), () -> {})) {
            assertThat(restored.log().after(0, 10))
                    .extracting(Parcels::messageId)
                    .containsExactly("m1");
            assertThat(restored.tracks().between("kari", 0, Long.MAX_VALUE, 10)).hasSize(1);
            assertThat(Parcels.eventId(
                            new Parcels(restored.journal()).place("acme", "m3").join()))
                    .isEqualTo(2);
        }
    }

    @Test
    void aBackupOfAStoppedHubHasWhatWasAcknowledged() {
        var data = folder.resolve("data");
        try (var store = Store.open(data, Limits.defaults(), () -> {})) {
            new Parcels(store.journal()).place("acme", "m1").join();
        }
        Backup.make(data, folder.resolve("backup"));
        try (var restored = Store.open(folder.resolve("backup"), Limits.defaults(), () -> {})) {
            assertThat(restored.log().after(0, 10)).hasSize(1);
        }
    }

    @Test
    void noBackupIsOverwritten() {
        var data = folder.resolve("data");
        Store.open(data, Limits.defaults(), () -> {}).close();
        Backup.make(data, folder.resolve("backup"));
        assertThatThrownBy(() -> Backup.make(data, folder.resolve("backup")))
                .hasMessageContaining("waybill.db is there already");
    }

    @Test
    void aDirectoryWithoutAHubIsSaidToBeOne() {
        assertThatThrownBy(() -> Backup.make(folder, folder.resolve("backup")))
                .hasMessageContaining("has no waybill.db (expected: the data directory of a hub");
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void aDamagedDatabaseMakesNoBackup() throws IOException {
        var data = folder.resolve("data");
        try (var store = Store.open(data, Limits.defaults(), () -> {})) {
            new Parcels(store.journal()).place("acme", "m1").join();
        }
        try (var file = FileChannel.open(data.resolve("waybill.db"), StandardOpenOption.WRITE)) {
            for (var page = 2; page < file.size() / 4_096; page++) {
                file.write(ByteBuffer.allocate(512), page * 4_096L);
            }
        }
        assertThatThrownBy(() -> Backup.make(data, folder.resolve("backup")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waybill.db");
        assertThat(folder.resolve("backup").resolve("waybill.db")).doesNotExist();
        assertThat(folder.resolve("backup")).isEmptyDirectory();
    }
}
