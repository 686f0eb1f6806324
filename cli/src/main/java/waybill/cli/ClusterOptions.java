package waybill.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.ClusterConfig;

/// The options of what reaches the sockets of other nodes.
final class ClusterOptions {

    private static final String VARIABLE = "WAYBILL_REDIS";

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "redis://host:port of a Redis over which emitters and other Socket.IO servers reach the"
                    + " hub's clients (default: " + VARIABLE + ", or none)")
    private @Nullable String redis;

    @Option(
            names = "--redis-file",
            paramLabel = "FILE",
            description = "file with that URL, for one with a password: redis://:password@host:port (default: none)")
    private @Nullable Path redisFile;

    ClusterConfig config(Map<String, String> environment) {
        if (redis != null && redisFile != null) {
            throw new IllegalArgumentException("redis-file: beside --redis (expected: one of them)");
        }
        var url = redisFile == null
                ? SigningOptions.optionOrVariable(redis, environment, VARIABLE)
                : Optional.of(contents(redisFile));
        return ClusterConfig.defaults().withRedis(url.map(ClusterOptions::uri));
    }

    /// The message has no part of the URL, for it may hold a password.
    private static URI uri(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("redis: no URL (expected: redis://host:port)");
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    "redis-file: " + file + " cannot be read (expected: a file that holds a URL)");
        }
    }
}
