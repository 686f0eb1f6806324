package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The data directory of a demo: the user's, or a temporary one that is deleted when the demo ends.
record DataDirectory(Path path, boolean isPersistent) implements AutoCloseable {

    static DataDirectory of(@Nullable Path chosen) {
        try {
            return chosen == null
                    ? new DataDirectory(Files.createTempDirectory("waybill-demo-"), false)
                    : new DataDirectory(chosen, true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        if (isPersistent) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
