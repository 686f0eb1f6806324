package waybill.server.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/// A file with a secret of the hub, generated once, readable by its owner only.
///
/// @param why what another reader of the file could do
public record OwnerOnlyFile(Path path, String why) {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /// The text in the file, which is created with a generated one if absent. A file that others may read is rejected.
    public String loadOrCreate(Supplier<String> generated) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            if (!Files.exists(path)) {
                create(generated.get() + "\n");
            }
            requirePrivate();
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /// The file is complete when it has its name: a hub that dies meanwhile leaves a draft, which counts for nothing.
    private void create(String text) throws IOException {
        var draft = Files.createTempFile(path.toAbsolutePath().getParent(), path.getFileName() + ".", "", attributes());
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(/* metaData= */ true);
            }
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException _) {
            // another process has created it first
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private FileAttribute<?>[] attributes() throws IOException {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private void requirePrivate() throws IOException {
        if (isPosix() && !OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            throw new IllegalStateException(
                    path + ": " + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                            + " (expected: rw-------; " + why + ")");
        }
    }

    private boolean isPosix() throws IOException {
        return Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    }
}
