package waybill.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import waybill.cli.ProgramProcess;

/// The packages of this build, made with a short training run and little compression.
record BuiltPackages(Path folder) {

    /// @param keys the folder of GnuPG
    /// @param key signs the checksums
    static BuiltPackages make(Path keys, String key) throws IOException, InterruptedException {
        var folder = Path.of("target/packages").toAbsolutePath();
        var log = Path.of("target/packages.log").toFile();
        var builder = new ProcessBuilder(
                        "bash",
                        "../waybill",
                        "package",
                        "--no-build",
                        "--train-orders",
                        "4",
                        "--level",
                        "1",
                        "--sign-key",
                        key,
                        "--output",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().put("GNUPGHOME", keys.toString());
        assertThat(builder.start().waitFor()).as("the exit code; see %s", log).isZero();
        return new BuiltPackages(folder);
    }

    Path archive() throws IOException {
        return single("waybill-*-linux-*.tar.gz");
    }

    Path deb() throws IOException {
        return single("waybill_*.deb");
    }

    private Path single(String glob) throws IOException {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (var files = Files.list(folder)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other + " (expected: one " + glob + ")");
                    })
                    .orElseThrow();
        }
    }

    /// Runs a program to its end; returns what it printed.
    static List<String> run(List<String> command) throws InterruptedException {
        try (var program = ProgramProcess.start(Map.of(), Path.of("."), command)) {
            assertThat(program.awaitExit())
                    .as("%s printed %s", command, program.lines())
                    .isZero();
            return program.lines();
        }
    }

    /// The path of a program of the machine.
    static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " on the PATH"));
    }
}
