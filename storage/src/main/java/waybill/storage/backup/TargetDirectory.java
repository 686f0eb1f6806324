package waybill.storage.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import waybill.storage.sql.PrivateFiles;

/// A directory that was empty, and is so again when it is closed before it is complete. For one thread.
public final class TargetDirectory implements AutoCloseable {

    /// What an empty directory may have: the lock of a hub that has run, and what file systems make themselves.
    private static final Set<String> IGNORED = Set.of("waybill.lock", "lost+found");

    private final Path path;
    private boolean isComplete;

    private TargetDirectory(Path path) {
        this.path = path;
    }

    /// Creates the directory if there is none. Throws when it is not empty.
    public static TargetDirectory claim(String name, Path path) throws IOException {
        PrivateFiles.createDirectory(path);
        var found = contents(path);
        if (!found.isEmpty()) {
            throw new IllegalStateException(name + ": " + path.toAbsolutePath().normalize() + " has "
                    + found.getFirst().getFileName() + " (expected: an empty directory, or none)");
        }
        return new TargetDirectory(path);
    }

    private static List<Path> contents(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.filter(file -> !IGNORED.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /// All that is in it is to stay, also after a power cut.
    public void complete() throws IOException {
        try (var all = Files.walk(path)) {
            for (var one : all.filter(file -> !file.endsWith("lost+found")).toList()) {
                try (var channel = FileChannel.open(one, StandardOpenOption.READ)) {
                    channel.force(/* metaData= */ true);
                }
            }
        }
        isComplete = true;
    }

    @Override
    public void close() {
        if (isComplete) {
            return;
        }
        try {
            for (var one : contents(path)) {
                try (var files = Files.walk(one)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": what was copied cannot be deleted: " + e.getMessage(), e);
        }
    }
}
