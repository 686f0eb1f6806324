package waybill.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.server.Config;

/// `waybill health`.
@Command(
        name = "health",
        description =
                "Asks a running hub whether it is ready, and prints what it answers. Exits with 0 if it is, and with"
                        + " 1 if it is not or does not answer: a health check for containers and scripts.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class HealthCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private final Environment environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the hub (default: http://127.0.0.1 with the PORT of the environment, or else 9001)")
    private @Nullable URI url;

    HealthCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var hub = url == null ? local() : url;
        try {
            return ask(hub);
        } catch (IOException e) {
            System.out.println(hub + " does not answer: " + e.getMessage());
            return 1;
        }
    }

    private URI local() {
        return URI.create("http://127.0.0.1:"
                + environment.require(Environment.PORT).orElseGet(() -> String.valueOf(Config.DEFAULT_PORT)));
    }

    /// With the client of HTTP that starts fastest.
    private static int ask(URI hub) throws IOException {
        if (!(hub.resolve("/health/ready").toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IllegalArgumentException("--url: " + hub + " (expected: http:// or https://)");
        }
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        try {
            int status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                System.out.println(
                        body == null
                                ? "HTTP " + status
                                : new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
            }
            return status == HttpURLConnection.HTTP_OK ? 0 : 1;
        } finally {
            connection.disconnect();
        }
    }
}
