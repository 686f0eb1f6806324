package waybill.storage.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import waybill.storage.sql.PrivateFiles;

/// The SHA-256 of files.
final class FileHash {

    private FileHash() {}

    static String of(Path file) throws IOException {
        return hash(file, OutputStream.nullOutputStream());
    }

    /// Copies a file to where none is yet, for its owner alone and down to the disk; returns the hash of what was read.
    static String copy(Path from, Path to) throws IOException {
        try (var out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            PrivateFiles.restrict(to);
            var hash = hash(from, Channels.newOutputStream(out));
            out.force(/* metaData= */ true);
            return hash;
        }
    }

    private static String hash(Path from, OutputStream to) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(from), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(to);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
