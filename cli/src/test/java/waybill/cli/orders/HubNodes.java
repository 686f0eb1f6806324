package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.json.JSONObject;
import waybill.cli.HubProcess;
import waybill.cli.MarkdownPage;
import waybill.cli.Proxy;
import waybill.socketio.redis.TestRedis;
import waybill.storage.postgres.PostgresServer;

/// The hub of a test: one process with a data directory, or, with `-Dwaybill.nodes=2`, two nodes on PostgreSQL and
/// Redis behind HAProxy, which is configured as `docs/cluster.md` describes.
final class HubNodes implements AutoCloseable {

    private static final int COUNT = Integer.getInteger("waybill.nodes", 1);
    private static final TestUser ROOT = TestUser.admin("root");

    private final List<HubProcess> nodes = new ArrayList<>();
    private final List<AutoCloseable> services = new ArrayList<>();
    private URI url = URI.create("");

    /// @param options what each node is started with, besides the secret
    static HubNodes start(Path data, TokenSecret secret, String... options) throws IOException, InterruptedException {
        var all = Stream.concat(Stream.of("--jwt-secret-file", secret.file().toString()), Stream.of(options))
                .toArray(String[]::new);
        var hub = new HubNodes();
        try {
            if (COUNT == 1) {
                hub.nodes.add(HubProcess.start(0, data.resolve("hub"), all));
                hub.url = hub.nodes.getFirst().url();
            } else {
                hub.startNodes(data, secret, all);
            }
            return hub;
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            hub.close();
            throw failure;
        }
    }

    private void startNodes(Path data, TokenSecret secret, String[] options) throws IOException, InterruptedException {
        var redis = TestRedis.startOwn();
        services.add(redis);
        var environment = Map.of(
                "WAYBILL_LOG_EVENTS",
                "OFF",
                "WAYBILL_DATABASE",
                PostgresServer.url(PostgresServer.createDatabase()),
                "WAYBILL_REDIS",
                redis.uri().toString());
        for (int i = 1; i <= COUNT; i++) {
            nodes.add(HubProcess.start(List.of(), environment, 0, data.resolve("node-" + i), options));
        }
        awaitMet(secret);
        var port = Proxy.freePort();
        var balancer =
                Proxy.haproxy(data.resolve("haproxy"), URI.create("http://127.0.0.1:" + port), configuration(port));
        services.addFirst(balancer);
        url = balancer.url();
    }

    /// The nodes have heard of each other over Redis.
    private void awaitMet(TokenSecret secret) throws IOException, InterruptedException {
        for (var node : nodes) {
            try (var rest = new RestClient(node.url(), secret::token)) {
                JSONObject health;
                do {
                    health = rest.get(ROOT, "/health").done();
                } while (health.optInt("otherNodes") < COUNT - 1);
                assertThat(health.getString("status")).as("%s", health).isEqualTo("up");
            }
        }
    }

    /// That of the page, with the port and the nodes of this test.
    private String configuration(int port) throws IOException {
        var text = MarkdownPage.of("docs/cluster.md").block("haproxy nodes.cfg");
        text = replaced(text, "bind :80", "bind 127.0.0.1:" + port);
        text = replaced(text, "node1.example:9001", address(0));
        return replaced(text, "node2.example:9001", address(1));
    }

    private String address(int node) {
        return "127.0.0.1:" + nodes.get(node).url().getPort();
    }

    private static String replaced(String text, String what, String by) {
        assertThat(text).contains(what);
        return text.replace(what, by);
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        nodes.forEach(HubProcess::close);
        for (var service : services) {
            try {
                service.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
