package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher on a machine that has only what the test installs: a few tools, and JDKs and Mavens that are scripts.
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch",
            "tr");

    @TempDir
    private Path machine = Path.of("");

    @BeforeEach
    void installTools() throws IOException {
        for (var folder : List.of("bin", "jdks", "home", "waybill")) {
            Files.createDirectory(machine.resolve(folder));
        }
        for (var tool : TOOLS) {
            Files.createSymbolicLink(machine.resolve("bin").resolve(tool), find(tool));
        }
        var project = machine.resolve("waybill");
        for (var module : List.of(
                "socketio",
                "socketio-redis",
                "domain",
                "hub",
                "storage",
                "storage-s3",
                "storage-kafka",
                "routing-graphhopper",
                "server",
                "cli")) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.createFile(project.resolve(module).resolve("pom.xml"));
        }
        Files.createDirectory(project.resolve(".mvn"));
        Files.createFile(project.resolve("pom.xml"));
        Files.copy(Path.of("../waybill"), project.resolve("launcher"));
        Files.createDirectory(project.resolve("packaging"));
        Files.copy(Path.of("../packaging/jvm.sh"), project.resolve("packaging/jvm.sh"));
    }

    @Test
    void reportsWhereItLookedForAJdkAndWhatToInstall() throws InterruptedException, IOException {
        jdk("jdk-17", "17.0.9");
        try (var launcher = launch("serve")) {
            assertThat(launcher.awaitExit()).isOne();
            assertThat(launcher.lines())
                    .startsWith("waybill: no JDK found (expected: JDK 25 or newer; a JRE is not enough)")
                    .contains("    " + machine.resolve("jdks"))
                    .contains("    JDK 17 in " + machine.resolve("jdks/jdk-17"))
                    .anyMatch(line -> line.contains("apt install"));
        }
    }

    @Test
    void reportsThatMavenIsMissingOrTooOld() throws InterruptedException, IOException {
        jdk("jdk-25", "25");
        maven("3.6.3");
        try (var launcher = launch("build")) {
            assertThat(launcher.awaitExit()).isOne();
            launcher.line("^waybill: Maven: .* \\(expected: 3.8 or newer\\)$");
        }
    }

    @Test
    void buildsOnlyStaleModules() throws InterruptedException, IOException {
        jdk("jdk-25", "25.0.1");
        maven("3.8.7");
        assertThat(run("serve", "--port", "0"))
                .anyMatch(line -> line.startsWith("waybill: building"))
                .endsWith("ran serve --port 0");
        assertThat(run("vendor")).containsExactly("ran vendor");
        Files.createFile(machine.resolve("waybill/domain/src/main/Changed.java"));
        assertThat(run("driver"))
                .anyMatch(line -> line.startsWith("waybill: building"))
                .endsWith("ran driver");
        assertThat(run("driver")).containsExactly("ran driver");
    }

    @Test
    void printsItsVersionForEveryVersionOption() throws InterruptedException, IOException {
        jdk("jdk-25", "25.0.1");
        maven("3.8.7");
        for (var name : List.of("version", "-V", "--version")) {
            assertThat(run(name)).endsWith("ran --version");
        }
    }

    @Test
    void runsEveryCommandOfTheProgram() throws InterruptedException, IOException {
        jdk("jdk-25", "25.0.1");
        maven("3.8.7");
        for (var command : Main.commandLine().getSubcommands().entrySet()) {
            if (!command.getValue().getCommandSpec().usageMessage().hidden()) {
                assertThat(run(command.getKey())).endsWith("ran " + command.getKey());
            }
        }
    }

    @Test
    void printsHowLongABuildTook() throws InterruptedException, IOException {
        jdk("jdk-25", "25.0.1");
        maven("3.8.7");
        assertThat(run("serve")).anyMatch(line -> line.matches("waybill: built cli in \\d+:\\d\\d"));
    }

    @Test
    void showsABuildErrorAndThePathOfTheLog() throws InterruptedException, IOException {
        jdk("jdk-25", "25.0.1");
        script(machine.resolve("bin/mvn"), """
                if [ "$1" = --version ]; then echo "Apache Maven 3.9.9"; exit; fi
                echo "[ERROR] Hub.java:[1,1] nonsense"; exit 1
                """);
        try (var launcher = launch("demo")) {
            assertThat(launcher.awaitExit()).isOne();
            assertThat(launcher.lines())
                    .contains("[ERROR] Hub.java:[1,1] nonsense")
                    .endsWith("waybill: the build failed; the whole story is in "
                            + machine.toRealPath().resolve("waybill/target/build.log"));
        }
    }

    @Test
    void anUnknownCommandListsTheAvailableOnes() throws InterruptedException {
        try (var launcher = launch("fly")) {
            assertThat(launcher.awaitExit()).isOne();
            assertThat(launcher.lines())
                    .contains("  demo      a hub with a city of deliveries on a map, until Ctrl-C")
                    .endsWith(
                            "waybill: command: 'fly' (expected: demo, serve, vendor, driver, token, doctor, health, backup, restore, migrate, admin-password, proof-key, verify, dispatch, incident, simulate, test, bench, build, package, version or help)");
        }
    }

    private List<String> run(String... arguments) throws InterruptedException {
        try (var launcher = launch(arguments)) {
            assertThat(launcher.awaitExit()).as("%s", launcher.lines()).isZero();
            return launcher.lines();
        }
    }

    private ProgramProcess launch(String... arguments) {
        var command = new ArrayList<>(List.of(
                find("env").toString(),
                "-i",
                "HOME=" + machine.resolve("home"),
                "PATH=" + machine.resolve("bin"),
                "WAYBILL_JDKS=" + machine.resolve("jdks"),
                find("bash").toString(),
                machine.resolve("waybill/launcher").toString()));
        command.addAll(List.of(arguments));
        return ProgramProcess.start(Map.of(), machine, command);
    }

    private void jdk(String name, String version) throws IOException {
        var bin = Files.createDirectories(machine.resolve("jdks").resolve(name).resolve("bin"));
        Files.writeString(
                bin.resolveSibling("release"),
                "JAVA_VERSION=\"" + version + "\"\nJAVA_RUNTIME_VERSION=\"" + version + "+9\"\n");
        script(bin.resolve("javac"), "");
        script(bin.resolve("java"), """
                for word in "$@"; do
                    case "$word" in
                        */packaging/CacheableClasses.java) exit;;
                        -XX:AOTCacheOutput=*) touch "${word#*=}"; exit;;
                    esac
                done
                while [ "$1" != -jar ]; do shift; done
                shift 2
                echo "ran $*"
                """);
    }

    private void maven(String version) throws IOException {
        script(machine.resolve("bin/mvn"), """
                if [ "$1" = --version ]; then echo "Apache Maven %s"; exit; fi
                mkdir -p cli/target/lib
                touch cli/target/waybill.jar
                """.formatted(version));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
    }
}
