package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.json.JSONObject;
import waybill.cli.InstalledPrograms;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// A third-party client.
enum ThirdPartyClient {
    NODE("Node.js, npm socket.io-client") {
        @Override
        JSONObject exchange(JSONObject settings, Path folder) throws IOException, InterruptedException {
            var project = Path.of("src/test/js").toAbsolutePath();
            NodeJs.require(project);
            var ca = settings.has("ca")
                    ? Map.of("NODE_EXTRA_CA_CERTS", settings.get("ca").toString())
                    : Map.<String, String>of();
            return run(ca, project, List.of("node", "exchange-node.js", settings.toString()));
        }
    },
    CHROMIUM("Chromium, npm socket.io-client") {
        @Override
        JSONObject exchange(JSONObject settings, Path folder) throws IOException, InterruptedException {
            return Browser.exchange(settings, "localhost", folder.resolve("chromium-" + UUID.randomUUID()));
        }
    },
    JAVA("Java client on OkHttp 3") {
        @Override
        JSONObject exchange(JSONObject settings, Path folder) throws InterruptedException {
            return java(classPath(), settings);
        }
    },
    JAVA_ON_OKHTTP_4("Java client on OkHttp 4") {
        @Override
        JSONObject exchange(JSONObject settings, Path folder) throws InterruptedException {
            var okhttp4 = Path.of("target/okhttp4").toAbsolutePath();
            assertThat(okhttp4).as("copied there by the build").isNotEmptyDirectory();
            return java(okhttp4 + "/*" + File.pathSeparator + classPath(), settings);
        }
    },
    PYTHON("python-socketio") {
        @Override
        JSONObject exchange(JSONObject settings, Path folder) throws InterruptedException {
            var program = List.of(requirePython().toString(), "src/test/python/exchange.py", settings.toString());
            return run(Map.of("PYTHONDONTWRITEBYTECODE", "1"), Path.of("."), program);
        }
    };

    private final String title;

    ThirdPartyClient(String title) {
        this.title = title;
    }

    /// Runs the exchange and returns the client's report.
    abstract JSONObject exchange(JSONObject settings, Path folder) throws IOException, InterruptedException;

    /// The name in the documentation.
    String title() {
        return title;
    }

    /// Python with the packages of the client, or skips the test.
    static Path requirePython() throws InterruptedException {
        var python = InstalledPrograms.program("python3", "/usr/bin/python3");
        InstalledPrograms.require(
                has(python, "socketio") && has(python, "aiohttp"), "python3-socketio python3-aiohttp");
        return python;
    }

    private static JSONObject java(String classPath, JSONObject settings) throws InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(
                Map.of(),
                Path.of("."),
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        JavaExchange.class.getName(),
                        settings.toString()));
    }

    private static JSONObject run(Map<String, String> environment, Path folder, List<String> command)
            throws InterruptedException {
        try (var program = ProgramProcess.start(environment, folder, command)) {
            assertThat(program.awaitExit())
                    .as(() -> String.join("\n", program.lines()))
                    .isZero();
            return new JSONObject(program.line("^(\\{.*})$").group(1));
        }
    }

    private static boolean has(Path python, String module) throws InterruptedException {
        try (var program =
                ProgramProcess.start(Map.of(), Path.of("."), List.of(python.toString(), "-c", "import " + module))) {
            return program.awaitExit() == 0;
        }
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
