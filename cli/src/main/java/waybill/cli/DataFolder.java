package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Where a demo keeps its data: the user's directory, or one of its own that goes when the demo ends.
record DataFolder(Path path, boolean isKept) implements AutoCloseable {

    static DataFolder of(@Nullable Path chosen) {
        try {
            return chosen == null
                    ? new DataFolder(Files.createTempDirectory("waybill-demo-"), false)
                    : new DataFolder(chosen, true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        if (isKept) {
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
