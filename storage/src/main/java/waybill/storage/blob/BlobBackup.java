package waybill.storage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.storage.sql.PrivateFiles;

/// Copies the folder of uploaded files, whether a hub writes to it or not: a file there never changes.
public final class BlobBackup {

    private static final Logger LOG = LoggerFactory.getLogger(BlobBackup.class);

    private BlobBackup() {}

    /// Copies the complete files. One that the hub deletes meanwhile is not needed.
    public static void copy(Path folder, Path target) throws IOException {
        PrivateFiles.createDirectory(target);
        try (var folders = Files.newDirectoryStream(folder, "??")) {
            for (var one : folders) {
                copyFiles(one, target.resolve(one.getFileName()));
            }
        }
    }

    private static void copyFiles(Path folder, Path target) throws IOException {
        PrivateFiles.createDirectory(target);
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                copyFile(file, target.resolve(file.getFileName()));
            }
        }
    }

    private static void copyFile(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException _) {
            LOG.debug("{} was deleted meanwhile", file);
        }
    }
}
