package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// Node.js, for tests of JavaScript code.
public final class NodeJs {

    private static final int VERSION_MIN = 20;

    private NodeJs() {}

    /// Installs the packages of `project`, one process after the other; skips the test without Node.js.
    public static void require(Path project) throws IOException, InterruptedException {
        if (version() < VERSION_MIN) {
            var message = "SKIPPED: needs Node.js " + VERSION_MIN + " or newer: " + project.getFileName();
            System.out.println(message);
            abort(message);
        }
        var lockFile = Path.of("target", project.toRealPath().getFileName() + ".npm-ci.lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            install(project);
        }
    }

    private static void install(Path project) throws IOException, InterruptedException {
        var lock = project.resolve("package-lock.json");
        var installed = project.resolve("node_modules/.package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) > 0) {
            return;
        }
        try (var npm = ProgramProcess.start(Map.of(), project, List.of("npm", "ci"))) {
            assertThat(npm.awaitExit()).as("npm ci printed %s", npm.lines()).isZero();
        }
    }

    private static int version() throws InterruptedException {
        try (var node = ProgramProcess.start(Map.of(), Path.of("."), List.of("node", "--version"))) {
            return Integer.parseInt(node.line("^v(\\d+)\\.").group(1));
        } catch (UncheckedIOException _) {
            return 0; // not installed
        }
    }
}
