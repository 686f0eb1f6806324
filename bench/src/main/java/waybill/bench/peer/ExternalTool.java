package waybill.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs other programs of the machine.
public final class ExternalTool {

    private static final Pattern ERROR = Pattern.compile("^(\\[ERROR\\]|npm error|\\w*(Error|Exception):).*");

    private ExternalTool() {}

    /// The path of a program on the PATH.
    public static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Runs a program and returns its output and errors; fails when the program does. A program that needs a JDK
    /// gets the current one: the machine's own may be too old.
    static String run(Path folder, String... words) throws PeerUnavailable {
        if (find(words[0]).isEmpty()) {
            throw new PeerUnavailable(words[0] + " is not installed");
        }
        try {
            var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new PeerUnavailable(
                        String.join(" ", words) + ": " + summary(output.lines().toList()));
            }
            return output;
        } catch (IOException failure) {
            throw new PeerUnavailable(words[0] + ": " + failure.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new PeerUnavailable(words[0] + ": interrupted");
        }
    }

    /// The most useful line of output about why a program ended: the last that names an error, else the last.
    static String summary(List<String> lines) {
        var errors =
                lines.stream().filter(line -> ERROR.matcher(line).matches()).toList();
        var line = (errors.isEmpty() ? lines : errors)
                .reversed().stream().filter(it -> !it.isBlank()).findFirst().orElse("it exited without output");
        return line.replaceFirst("^\\w*(Error|Exception): ", "")
                .replaceFirst(" \\(required by .*", "")
                .strip();
    }
}
