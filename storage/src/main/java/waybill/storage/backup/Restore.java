package waybill.storage.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import waybill.storage.sql.PrivateFiles;
import waybill.storage.sqlite.DirectoryLock;
import waybill.storage.sqlite.SqliteFailures;

/// Makes a data directory of a backup. No hub can start on it meanwhile.
public final class Restore {

    private Restore() {}

    /// Copies the files of a backup into `data`, which must be empty, and compares each with its hash and the rows of
    /// the databases with their numbers. Throws with what stands in the way; then `data` is empty as before.
    public static BackupManifest create(Path backup, Path data) {
        var manifest = BackupManifest.read(backup);
        manifest.requireKnownSchema(backup);
        try (var directory = TargetDirectory.claim("data", data)) {
            requireSpace(manifest, data);
            try (var _ = DirectoryLock.acquire(data)) {
                copy(backup, data, manifest);
            }
            directory.complete();
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("data: " + data + ": " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "data: " + data + " cannot be read: " + SqliteFailures.SQLITE.describe(e), e);
        }
    }

    private static void requireSpace(BackupManifest manifest, Path data) throws IOException {
        var free = Files.getFileStore(data).getUsableSpace();
        if (free < manifest.bytes()) {
            throw new IllegalStateException("data: " + data + " has " + free + " bytes free (expected: at least "
                    + manifest.bytes() + " for the backup)");
        }
    }

    private static void copy(Path backup, Path data, BackupManifest manifest) throws IOException, SQLException {
        for (var file : manifest.files()) {
            var to = data.resolve(file.name());
            PrivateFiles.createDirectory(Objects.requireNonNullElse(to.getParent(), data));
            var hash = FileHash.copy(backup.resolve(file.name()), to);
            if (!hash.equals(file.sha256())) {
                throw new IllegalStateException("backup: " + backup.resolve(file.name())
                        + " is not what was written (expected: SHA-256 " + file.sha256() + ", found " + hash
                        + "); take another backup");
            }
        }
        var rows = BackupManifest.countRows(data);
        if (!rows.equals(manifest.rows())) {
            throw new IllegalStateException("backup: " + backup + ": rows " + rows + " (expected: " + manifest.rows()
                    + "); take another backup");
        }
    }
}
