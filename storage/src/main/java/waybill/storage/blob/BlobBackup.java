package waybill.storage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import waybill.storage.sqlite.PrivateFiles;

/// Copies the folder of uploaded files, whether a hub writes to it or not: a file there never changes.
public final class BlobBackup {

    private BlobBackup() {}

    /// Copies the complete files, and returns their bytes. One that the hub deletes meanwhile is not needed.
    public static long copy(Path folder, Path target) throws IOException {
        PrivateFiles.createDirectory(target);
        var bytes = 0L;
        try (var folders = Files.newDirectoryStream(folder, "??")) {
            for (var one : folders) {
                bytes += copyFiles(one, target.resolve(one.getFileName()));
            }
        }
        return bytes;
    }

    private static long copyFiles(Path folder, Path target) throws IOException {
        PrivateFiles.createDirectory(target);
        var bytes = 0L;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                bytes += copyFile(file, target.resolve(file.getFileName()));
            }
        }
        return bytes;
    }

    private static long copyFile(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            return Files.size(to);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
