package waybill.storage.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.OrderFixture;
import waybill.storage.Store;
import waybill.storage.TrackLogContract;
import waybill.storage.backup.BackupManifest.BackupFile;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sqlite.Database;

/// A backup is whole, can be made while the hub runs, and is a data directory to go on with.
class BackupTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aBackupOfARunningStoreIsRestoredElsewhere() throws IOException {
        var data = folder.resolve("data");
        var backup = folder.resolve("backup");
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            var parcels = new OrderFixture(store.journal());
            parcels.place("acme", "m1").join();
            store.trackLog().append(TrackLogContract.point("kari", 1));
            store.trackLog().flush();
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .hasSize(1);
            Files.writeString(data.resolve("a.key"), "secret");
            var manifest = Backup.create(data, backup, true, List.of("a.key", "b.key"));
            assertThat(manifest.files())
                    .extracting(BackupFile::name)
                    .containsExactlyInAnyOrder("waybill.db", "tracks.db", "a.key");
            assertThat(manifest.rows()).isEqualTo(Map.of("orders", 1L, "events", 1L, "track-points", 1L));
            parcels.place("acme", "m2").join();
        }
        var restoredData = folder.resolve("elsewhere");
        assertThat(Restore.create(backup, restoredData)).isEqualTo(BackupManifest.read(backup));
        assertThat(restoredData.resolve("a.key")).hasContent("secret");
        try (var restored = Store.open(restoredData, StoreLimits.defaults(), () -> {})) {
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
        var backup = backup();
        try (var restored = Store.open(backup, StoreLimits.defaults(), () -> {})) {
            assertThat(restored.eventLog().listAfter(0, 10)).hasSize(1);
        }
    }

    @Test
    void theFilesOfABackupAreCheckedByOtherProgramsAsWell() throws IOException, InterruptedException {
        var sums = new ProcessBuilder("sha256sum", "--check", "--strict", "SHA256SUMS")
                .directory(backup().toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(sums.inputReader().readAllLines())
                .containsExactly("backup.properties: OK", "tracks.db: OK", "waybill.db: OK");
        assertThat(sums.waitFor()).isZero();
    }

    @Test
    void aHubWhoseOrdersAreInPostgresqlHasTracksAndKeys() throws IOException {
        var data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("a.key"), "secret");
        assertThat(Backup.create(data, folder.resolve("backup"), false, List.of("a.key"))
                        .files())
                .hasSize(1);
        Restore.create(folder.resolve("backup"), folder.resolve("elsewhere"));
        assertThat(folder.resolve("elsewhere/a.key")).hasContent("secret");
    }

    @Test
    void aDirectoryWithFilesIsNotWrittenTo() {
        var backup = backup();
        assertThatThrownBy(() -> Backup.create(folder.resolve("data"), backup, true, List.of()))
                .hasMessage("backup: " + backup + " has SHA256SUMS (expected: an empty directory, or none)");
        assertThatThrownBy(() -> Restore.create(backup, folder.resolve("data")))
                .hasMessage(
                        "data: " + folder.resolve("data") + " has tracks.db (expected: an empty directory, or none)");
    }

    @Test
    void aChangedMissingOrForeignFileIsReportedAndNothingIsRestored() throws IOException {
        var backup = backup();
        var data = folder.resolve("elsewhere");
        Files.writeString(backup.resolve("tracks.db"), "x", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Restore.create(backup, data))
                .hasMessageContaining("tracks.db is not what was written");
        Files.delete(backup.resolve("tracks.db"));
        assertThatThrownBy(() -> Restore.create(backup, data)).hasMessageContaining("tracks.db is missing");
        Files.writeString(backup.resolve("SHA256SUMS"), "0".repeat(64) + "  ../outside\n");
        assertThatThrownBy(() -> Restore.create(backup, data)).hasMessageContaining("no hash and file of the backup");
        Files.delete(backup.resolve("SHA256SUMS"));
        assertThatThrownBy(() -> Restore.create(backup, data)).hasMessageContaining("SHA256SUMS is missing");
        assertThat(data)
                .satisfiesAnyOf(
                        none -> assertThat(none).doesNotExist(),
                        locked -> assertThat(locked).isDirectoryNotContaining(file -> !file.endsWith("waybill.lock")));
    }

    @Test
    void theBackupOfANewerVersionIsRejected() throws IOException {
        var backup = backup();
        change(backup, "schema=.*", "schema=999");
        assertThatThrownBy(() -> Restore.create(backup, folder.resolve("elsewhere")))
                .hasMessageContaining(" has schema 999 (expected: at most " + Database.newestSchema());
        change(backup, "format=1", "format=2");
        assertThatThrownBy(() -> Restore.create(backup, folder.resolve("elsewhere")))
                .hasMessageContaining(
                        " has format 2 (expected: 1; restore it with the version of Waybill that made it)");
    }

    /// Changes the properties of a backup and their hash.
    private static void change(Path backup, String regex, String replacement) throws IOException {
        var properties = backup.resolve("backup.properties");
        var before = FileHash.of(properties);
        Files.writeString(properties, Files.readString(properties).replaceFirst(regex, replacement));
        var sums = backup.resolve("SHA256SUMS");
        Files.writeString(sums, Files.readString(sums).replace(before, FileHash.of(properties)));
    }

    @Test
    void aDirectoryWithoutDataIsReported() {
        assertThatThrownBy(() -> Backup.create(folder, folder.resolve("backup"), true, List.of()))
                .hasMessageContaining("has no waybill.db (expected: the data directory of a hub");
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void aDamagedDatabaseMakesNoBackup() throws IOException {
        var data = data();
        try (var file = FileChannel.open(data.resolve("waybill.db"), StandardOpenOption.WRITE)) {
            for (var page = 2; page < file.size() / 4_096; page++) {
                file.write(ByteBuffer.allocate(512), page * 4_096L);
            }
        }
        assertThatThrownBy(() -> Backup.create(data, folder.resolve("backup"), true, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waybill.db");
        assertThat(folder.resolve("backup")).isEmptyDirectory();
    }

    /// A data directory with one order.
    private Path data() {
        var data = folder.resolve("data");
        try (var store = Store.open(data, StoreLimits.defaults(), () -> {})) {
            new OrderFixture(store.journal()).place("acme", "m1").join();
        }
        return data;
    }

    /// A backup of it.
    private Path backup() {
        Backup.create(data(), folder.resolve("backup"), true, List.of());
        return folder.resolve("backup");
    }
}
