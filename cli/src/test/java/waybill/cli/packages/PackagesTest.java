package waybill.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static waybill.cli.packages.BuiltPackages.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.ProgramProcess;
import waybill.cli.RestClient;

/// The archive and the `.deb` run a hub where there is no other Java, and use their cache wherever they are unpacked.
@Tag("packaged")
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class PackagesTest {

    /// The JVM does not start when its cache does not fit.
    private static final Map<String, String> CACHE_REQUIRED = Map.of("WAYBILL_JAVA_OPTS", "-XX:AOTMode=on");

    private static final String LISTENS = "listens on (http://[\\w.:]+)";

    private static BuiltPackages packages = new BuiltPackages(Path.of(""));

    @TempDir
    private Path folder = Path.of("");

    private static final String KEY = "releases@shop.example";

    @TempDir
    private static Path keys = Path.of("");

    @BeforeAll
    @Timeout(600)
    static void makePackages() throws IOException, InterruptedException {
        run(List.of(
                "gpg",
                "--homedir",
                keys.toString(),
                "--batch",
                "--passphrase",
                "",
                "--quick-generate-key",
                KEY,
                "ed25519",
                "sign",
                "never"));
        packages = BuiltPackages.make(keys, KEY);
    }

    @AfterAll
    static void stopTheAgentOfTheKeys() throws InterruptedException {
        run(List.of("gpgconf", "--homedir", keys.toString(), "--kill", "all"));
    }

    @Test
    void theChecksumsAreSignedAndFindAChange() throws IOException, InterruptedException {
        var commands = documented("sha256sum --check .*", "gpg --verify .*");
        var check = "cd '" + packages.folder() + "' && export GNUPGHOME='" + keys + "' && ";
        assertThat(run(List.of("bash", "-c", check + commands.getFirst())))
                .containsExactlyInAnyOrder(
                        packages.archive().getFileName() + ": OK",
                        packages.deb().getFileName() + ": OK");
        assertThat(run(List.of("bash", "-c", check + commands.getLast())))
                .anyMatch(line -> line.startsWith("gpg: Good signature from \"" + KEY));
        var changed = folder.resolve("SHA256SUMS");
        Files.writeString(changed, Files.readString(packages.folder().resolve("SHA256SUMS")) + "\n");
        try (var verify = ProgramProcess.start(
                Map.of("GNUPGHOME", keys.toString()),
                packages.folder(),
                List.of("gpg", "--verify", "SHA256SUMS.asc", changed.toString()))) {
            assertThat(verify.awaitExit()).isOne();
            verify.line("BAD signature");
        }
    }

    @Test
    void theArchiveRunsWhereThereIsNoJava() throws IOException, InterruptedException {
        var commands = documented("tar -xzf.*", "./waybill-.*");
        Files.createLink(folder.resolve(packages.archive().getFileName()), packages.archive());
        run(List.of("bash", "-c", "cd '" + folder + "' && " + commands.getFirst()));
        try (var hub = onABareMachine(commands.getLast() + " --port 0");
                var rest = new RestClient(URI.create(hub.line(LISTENS).group(1)))) {
            rest.place(rest.token());
            stop(hub.pid());
            assertThat(hub.awaitExit()).isEqualTo(143);
        }
        try (var version = onABareMachine("./waybill-*/bin/waybill version", "-Xlog:class+load:stderr")) {
            version.line("^waybill \\d+\\.\\d+\\.\\d+");
            assertThat(version.awaitExit()).isZero();
            assertThat(version.lines())
                    .as("the classes of the command line are in the cache")
                    .anyMatch(line -> line.contains("picocli.CommandLine source: shared objects file"))
                    .filteredOn(line -> line.contains("/picocli-"))
                    .as("but those that the training run does not need")
                    .hasSizeLessThan(10);
        }
    }

    @Test
    void theArchiveNamesNoUserAndOneTime() throws IOException, InterruptedException {
        var entries = run(List.of(
                "tar",
                "--list",
                "--verbose",
                "--full-time",
                "--numeric-owner",
                "--file",
                packages.archive().toString()));
        assertThat(entries).hasSizeGreaterThan(100).allMatch(entry -> entry.contains(" 0/0 "));
        assertThat(entries.stream()
                        .map(entry -> entry.replaceFirst(".* 0/0 +\\d+ (\\S+ \\S+) .*", "$1"))
                        .distinct())
                .hasSize(1);
    }

    /// Installs the `.deb` on a copy of this machine without its JDKs, whose files are read-only but for the state
    /// directory, and runs the command of the unit as the unit's user.
    @Test
    void theDebInstallsAServiceThatRunsWithoutWritingElsewhere() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/deb-systemd-helper")) && isRoot(), "needs root on Debian");
        var script = Path.of("src/test/resources/waybill/cli/packages/install.sh");
        var command = new ArrayList<>(List.of(
                "unshare", "--mount", "bash", script.toString(), packages.deb().toString(), folder.toString()));
        command.addAll(documented("sudo dpkg --install .*", "sudo waybill token .*", "sudo dpkg --purge .*"));
        try (var machine = ProgramProcess.start(CACHE_REQUIRED, Path.of("."), command)) {
            var token = machine.line("^token (\\S+)$").group(1);
            machine.line("^unit is valid$");
            machine.line("^unit is enabled$");
            try (var rest = new RestClient(URI.create(machine.line(LISTENS).group(1)))) {
                assertThat(rest.get("/api/v1/queues").statusCode()).isEqualTo(401);
                rest.place(token);
            }
            stop(Long.parseLong(machine.line("^hub is process (\\d+)$").group(1)));
            machine.line("^hub has ended with 143$");
            assertThat(machine.awaitExit()).as("%s", machine.lines()).isZero();
            assertThat(machine.lines())
                    .contains("left: /var/lib/waybill/waybill.db")
                    .noneMatch(line -> line.startsWith("left: /etc/waybill"));
        }
    }

    /// Runs a command in the folder, where the PATH has only what the page says that the archive needs.
    private ProgramProcess onABareMachine(String command, String... javaOptions) throws IOException {
        var bin = Files.createDirectories(folder.resolve("path"));
        for (var tool : List.of("bash", "readlink")) {
            if (!Files.exists(bin.resolve(tool))) {
                Files.createSymbolicLink(bin.resolve(tool), BuiltPackages.program(tool));
            }
        }
        return ProgramProcess.start(
                Map.of(),
                folder,
                List.of(
                        "env",
                        "-i",
                        "PATH=" + bin,
                        "WAYBILL_LOG_EVENTS=OFF",
                        "WAYBILL_JAVA_OPTS=" + CACHE_REQUIRED.get("WAYBILL_JAVA_OPTS") + " "
                                + String.join(" ", javaOptions),
                        "bash",
                        "-c",
                        "exec " + command));
    }

    /// The commands of the page with these forms, one of each.
    private static List<String> documented(String... forms) throws IOException {
        var lines = Files.readAllLines(Path.of("../docs/install.md"));
        return Stream.of(forms)
                .map(form -> lines.stream()
                        .filter(line -> line.matches(form))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no command like " + form)))
                .toList();
    }

    /// The process is the hub itself, because each program on the way to it has become the next one by `exec`.
    private static void stop(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroy()).isTrue();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
