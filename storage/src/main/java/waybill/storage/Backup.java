package waybill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import waybill.storage.blob.BlobBackup;
import waybill.storage.blob.FolderBlobStore;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.PrivateFiles;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteFile;
import waybill.storage.track.SqliteTrackLog;

/// Copies a data directory, whether a hub runs on it or not. Each database as it stood at one moment, in one file
/// without
/// a write-ahead log, and read through once before it is called a backup; then the uploaded files.
public final class Backup {

    /// A file of the backup, or the folder of uploaded files.
    public record CopiedFile(Path file, long bytes) {}

    private Backup() {}

    /// Copies what is in `data` into `target`, which must not hold a backup yet. Throws with what stands in the way;
    /// then `target` holds no file that looks like a backup.
    public static List<CopiedFile> create(Path data, Path target) {
        var books = Database.file(data);
        if (!Files.isRegularFile(books.path())) {
            throw new IllegalStateException("data: " + data.toAbsolutePath().normalize()
                    + " has no waybill.db (expected: the data directory of a hub, named with --data)");
        }
        try {
            PrivateFiles.createDirectory(target);
            var copied = new ArrayList<CopiedFile>();
            for (var file : List.of(books, SqliteTrackLog.file(data))) {
                if (Files.isRegularFile(file.path())) {
                    copied.add(copy(file, target));
                }
            }
            var uploads = FolderBlobStore.folder(data); // after the database: all that it names are copied
            if (Files.isDirectory(uploads)) {
                var to = FolderBlobStore.folder(target);
                copied.add(new CopiedFile(to, BlobBackup.copy(uploads, to)));
            }
            return List.copyOf(copied);
        } catch (IOException e) {
            throw new UncheckedIOException("backup: " + target + ": " + e.getMessage(), e);
        }
    }

    private static CopiedFile copy(SqliteFile file, Path target) throws IOException {
        var to = target.resolve(file.path().getFileName());
        if (Files.exists(to)) {
            throw new IllegalStateException("backup: " + to + " is there already (expected: a directory without it)");
        }
        var unverified = target.resolve(file.path().getFileName() + ".unverified");
        Files.deleteIfExists(unverified);
        try {
            file.copyInto(unverified);
            PrivateFiles.restrict(unverified);
            var faults = SqliteFile.findCorruption(unverified);
            if (!faults.isEmpty()) {
                throw new IllegalStateException("backup: " + file.path() + " is damaged: " + faults.getFirst() + ". "
                        + CorruptDataException.ADVICE);
            }
            Files.move(unverified, to, StandardCopyOption.ATOMIC_MOVE);
            return new CopiedFile(to, Files.size(to));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "backup: " + file.path() + " cannot be copied to " + to + ": " + SqliteFailures.SQLITE.describe(e),
                    e);
        } finally {
            Files.deleteIfExists(unverified);
        }
    }
}
