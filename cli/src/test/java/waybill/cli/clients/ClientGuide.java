package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import waybill.cli.MarkdownPage;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// A page that shows how to write a client in one language, and how its programs are run.
enum ClientGuide {
    JAVASCRIPT("docs/javascript.md", "js", "follow.mjs customer.mjs driver.mjs") {
        @Override
        void prepare(Path folder) throws IOException, InterruptedException {
            NodeJs.require(PROJECT);
            Files.createSymbolicLink(folder.resolve("node_modules"), PROJECT.resolve("node_modules"));
        }

        @Override
        List<String> command(String program) {
            return List.of("node", program + ".mjs");
        }
    },
    PYTHON("docs/python.md", "python", "follow.py customer.py driver.py") {
        @Override
        void prepare(Path folder) throws InterruptedException {
            ThirdPartyClient.requirePython();
        }

        @Override
        List<String> command(String program) throws InterruptedException {
            return List.of(ThirdPartyClient.requirePython().toString(), "-u", program + ".py");
        }
    },
    JAVA("docs/java.md", "java", "Follow.java Customer.java Driver.java") {
        @Override
        void prepare(Path folder) {
            var compiler = ToolProvider.getSystemJavaCompiler();
            var messages = new ByteArrayOutputStream();
            var files = Stream.of("Follow.java", "Customer.java", "Driver.java")
                    .map(file -> folder.resolve(file).toString());
            var options = Stream.of("-proc:none", "-cp", okhttp4() + ThirdPartyClient.classPath(), "-d");
            var arguments =
                    Stream.of(options, Stream.of(folder.resolve("classes").toString()), files);
            assertThat(compiler.run(
                            null,
                            messages,
                            messages,
                            arguments.flatMap(part -> part).toArray(String[]::new)))
                    .as(messages::toString)
                    .isZero();
        }

        @Override
        List<String> command(String program) {
            var command = java("classes" + File.pathSeparator + okhttp4() + ThirdPartyClient.classPath());
            command.add(className(program));
            return command;
        }
    },
    KOTLIN("docs/kotlin.md", "kotlin", "Follow.kt Customer.kt Driver.kt") {
        @Override
        void prepare(Path folder) throws InterruptedException {
            assertThat(KOTLIN_COMPILER).as("copied there by the build").isNotEmptyDirectory();
            var command = java(KOTLIN_COMPILER + "/*");
            command.addAll(List.of("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-stdlib", "-no-reflect"));
            command.addAll(List.of(
                    "-cp", KOTLIN_COMPILER.resolve(stdlib()) + File.pathSeparator + ThirdPartyClient.classPath()));
            command.addAll(List.of("-d", "classes", "Follow.kt", "Customer.kt", "Driver.kt"));
            try (var compiler = ProgramProcess.start(Map.of(), folder, command)) {
                assertThat(compiler.awaitExit())
                        .as(() -> String.join("\n", compiler.lines()))
                        .isZero();
            }
        }

        @Override
        List<String> command(String program) {
            var separator = File.pathSeparator;
            var command = java("classes" + separator + KOTLIN_COMPILER.resolve(stdlib()) + separator
                    + ThirdPartyClient.classPath());
            command.add(className(program));
            return command;
        }
    };

    private static final Path KOTLIN_COMPILER = Path.of("target/kotlin").toAbsolutePath();

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();

    private final String page;
    private final String language;
    private final String files;

    /// @param files the names of its blocks
    ClientGuide(String page, String language, String files) {
        this.page = page;
        this.language = language;
        this.files = files;
    }

    /// Writes the files of the page to `folder`, under the names that their blocks have.
    void write(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var markdown = MarkdownPage.of(page);
        for (var file : files.split(" ", -1)) {
            Files.writeString(folder.resolve(file), markdown.block(language + ' ' + file));
        }
        prepare(folder);
    }

    /// Starts the page's program of that name for the user of a token.
    ProgramProcess start(String program, Path folder, NetworkLine line, String token, String... arguments)
            throws InterruptedException {
        var environment = new HashMap<String, String>();
        environment.put("HUB", line.url().toString());
        environment.put("TOKEN", token);
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        var command =
                Stream.concat(command(program).stream(), Stream.of(arguments)).toList();
        return ProgramProcess.start(Map.copyOf(environment), folder, command);
    }

    void prepare(Path folder) throws IOException, InterruptedException {}

    abstract List<String> command(String program) throws InterruptedException;

    private static String className(String program) {
        return Character.toUpperCase(program.charAt(0)) + program.substring(1);
    }

    private static List<String> java(String classPath) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath));
    }

    private static Path stdlib() {
        try (var jars = Files.list(KOTLIN_COMPILER)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("kotlin-stdlib-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// OkHttp as in Android apps.
    private static String okhttp4() {
        var folder = Path.of("target/okhttp4").toAbsolutePath();
        return folder + "/*" + File.pathSeparator;
    }
}
