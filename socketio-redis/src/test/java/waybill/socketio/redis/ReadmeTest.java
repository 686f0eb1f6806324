package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

class ReadmeTest {

    private static final Path HERE = Path.of("src/test/java/waybill/socketio/redis/ReadmeTest.java");

    /// Not run, for it needs a Redis at the usual port.
    static void example() {
        // <example>
        var config = RedisConfig.of(URI.create("redis://127.0.0.1:6379"));
        try (var cluster = RedisCluster.connect(config)) {
            var server = new SocketServer(Config.defaults().withAdapter(cluster));
            server.of("/orders").onConnection(socket -> socket.join("kitchen"));
            server.listen(3000);
            server.of("/orders").to("kitchen").emit("order:placed", 7); // on all nodes
            server.close(Duration.ZERO).toCompletableFuture().join();
        }
        // </example>
    }

    @Test
    void theReadmeContainsTheExampleVerbatim() throws IOException {
        assertThat(between(Files.readString(Path.of("README.md")), "```java\n", "```"))
                .isEqualTo(between(Files.readString(HERE), "// <example>\n", "// </example>")
                        .stripIndent());
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
