package waybill.server.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The secret of a hub in development mode: generated once and stored with the data, so that tokens outlive a
/// restart. Its file is readable by its owner only.
public final class DevelopmentSecret {

    static final String FILE = "development.secret";

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private DevelopmentSecret() {}

    /// The secret of a data directory, created if absent.
    public static Secret loadOrCreate(Path data, SecureRandom random) {
        var file = data.resolve(FILE);
        try {
            Files.createDirectories(data);
            create(file, random);
            requirePrivate(file);
            return Secret.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException _) {
            throw new IllegalStateException(file + ": no secret in it (expected: remove it, and a new one is made)");
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var bytes = new byte[Secret.BYTES_MIN];
        random.nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, attributes(file))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (FileAlreadyExistsException _) {
            // another process has created it first
        }
    }

    private static FileAttribute<?>[] attributes(Path file) throws IOException {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private static void requirePrivate(Path file) throws IOException {
        if (isPosix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalStateException(
                    file + ": " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            + " (expected: rw-------; the secret signs tokens of any user)");
        }
    }

    private static boolean isPosix(Path file) throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    }
}
