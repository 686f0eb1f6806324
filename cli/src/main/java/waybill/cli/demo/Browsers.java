package waybill.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Opens a page in the browser of the desktop, if there is one.
public final class Browsers {

    private static final String SEPARATOR = System.getProperty("path.separator", ":");

    private Browsers() {}

    /// The program that opens a page; empty on a machine without a desktop.
    static Optional<Path> opener(Map<String, String> environment, String system) {
        if (system.startsWith("Mac")) {
            return find("open", environment);
        }
        return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
                ? find("xdg-open", environment)
                : Optional.empty();
    }

    /// A browser that does not open is no reason for the demo to stop: the address is printed.
    public static void open(URI page, Map<String, String> environment) {
        opener(environment, System.getProperty("os.name", "")).ifPresent(program -> {
            try {
                new ProcessBuilder(program.toString(), page.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException _) {
                return;
            }
        });
    }

    private static Optional<Path> find(String program, Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(SEPARATOR, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
