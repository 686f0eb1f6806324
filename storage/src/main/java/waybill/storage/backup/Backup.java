package waybill.storage.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import waybill.storage.blob.BlobBackup;
import waybill.storage.blob.FolderBlobStore;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteCopy;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteFile;
import waybill.storage.track.SqliteTrackLog;

/// Copies a data directory, whether a hub runs on it or not. Each database as it stood at one moment, in one file
/// without a write-ahead log, and read through once; then the uploaded files, so that all that the database names are
/// copied; at last the manifest, without which it is no backup.
public final class Backup {

    private final Path data;
    private final Path target;

    private Backup(Path data, Path target) {
        this.data = data;
        this.target = target;
    }

    /// Copies what is in `data` into `target`, which must be empty. Throws with what stands in the way; then `target`
    /// is empty as before.
    ///
    /// @param hasDatabase whether the orders are in `data`, and not on a server of PostgreSQL
    /// @param keys names of further files, which are copied if they are there
    public static BackupManifest create(Path data, Path target, boolean hasDatabase, List<String> keys) {
        if (hasDatabase && !Files.isRegularFile(Database.file(data).path())) {
            throw new IllegalStateException("data: " + data.toAbsolutePath().normalize()
                    + " has no waybill.db (expected: the data directory of a hub, named with --data; with"
                    + " --without-database, that of a hub whose orders are in PostgreSQL)");
        }
        if (!hasDatabase && !Files.isDirectory(data)) {
            throw new IllegalStateException("data: " + data.toAbsolutePath().normalize()
                    + " is no directory (expected: the data directory of a hub, named with --data)");
        }
        try (var directory = TargetDirectory.claim("backup", target)) {
            var manifest = new Backup(data, target).copy(hasDatabase, keys);
            directory.complete();
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("backup: " + target + ": " + e.getMessage(), e);
        }
    }

    private BackupManifest copy(boolean hasDatabase, List<String> keys) throws IOException {
        if (hasDatabase) {
            copy(Database.file(data));
        }
        copy(SqliteTrackLog.file(data));
        var uploads = FolderBlobStore.folder(data);
        if (Files.isDirectory(uploads)) {
            BlobBackup.copy(uploads, FolderBlobStore.folder(target));
        }
        for (var key : keys) {
            if (Files.exists(data.resolve(key))) {
                Files.copy(data.resolve(key), target.resolve(key), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return BackupManifest.write(target);
    }

    private void copy(SqliteFile file) throws IOException {
        if (!Files.isRegularFile(file.path())) {
            return;
        }
        var copy = new SqliteCopy(target.resolve(file.path().getFileName()));
        try {
            file.copyInto(copy.path());
            var faults = copy.findCorruption();
            if (!faults.isEmpty()) {
                throw new IllegalStateException("backup: " + file.path() + " is damaged: " + faults.getFirst() + ". "
                        + CorruptDataException.ADVICE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "backup: " + file.path() + " cannot be copied to " + copy.path() + ": "
                            + SqliteFailures.SQLITE.describe(e)
                            + (SqliteFailures.isFull(e)
                                    ? " (expected: space for " + Files.size(file.path()) + " bytes)"
                                    : ""),
                    e);
        }
    }
}
