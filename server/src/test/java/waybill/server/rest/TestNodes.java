package waybill.server.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.server.ClusterConfig;
import waybill.server.Config;
import waybill.server.DatabaseConfig;
import waybill.server.WaybillServer;
import waybill.socketio.redis.TestRedis;
import waybill.storage.postgres.PostgresServer;

/// The hub of a test class: one, with a data directory, or, with `-Dwaybill.nodes=N`, so many nodes on PostgreSQL and
/// Redis.
record TestNodes(List<WaybillServer> nodes, Optional<TestRedis> redis) implements AutoCloseable {

    private static final int COUNT = Integer.getInteger("waybill.nodes", 1);
    private static final List<String> KEYS = List.of("development.secret", "proof-key.pem", "web-push.key");

    /// @param config of a node with that data directory
    static TestNodes start(Path data, Function<Path, Config> config) {
        if (COUNT == 1) {
            return new TestNodes(List.of(WaybillServer.start(config.apply(data))), Optional.empty());
        }
        var redis = TestRedis.startOwn();
        var database = Optional.of(PostgresServer.url(PostgresServer.createDatabase()));
        var nodes = new ArrayList<WaybillServer>();
        for (var node = 0; node < COUNT; node++) {
            var folder = data.resolve("node-" + node);
            if (node > 0) {
                copyKeys(data.resolve("node-0"), folder);
            }
            nodes.add(WaybillServer.start(config.apply(folder)
                    .withDatabase(new DatabaseConfig(database, Optional.empty()))
                    .withCluster(new ClusterConfig(Optional.of(redis.uri())))));
        }
        return new TestNodes(nodes, Optional.of(redis));
    }

    /// What a node has in common with the first one, besides the database.
    private static void copyKeys(Path first, Path folder) {
        try {
            Files.createDirectories(folder);
            for (var key : KEYS) {
                if (Files.exists(first.resolve(key))) {
                    Files.copy(first.resolve(key), folder.resolve(key), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Integer> ports() {
        return nodes.stream().map(node -> node.addresses().getFirst().getPort()).toList();
    }

    @Override
    public void close() {
        nodes.forEach(WaybillServer::close);
        redis.ifPresent(TestRedis::close);
    }
}
