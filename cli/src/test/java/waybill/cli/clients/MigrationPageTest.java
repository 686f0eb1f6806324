package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.MarkdownPage;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;

/// `docs/migration.md`: the apps of a hand-written Socket.IO server, unchanged on the hub.
@Timeout(180)
class MigrationPageTest {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final TestUser ADMIN = TestUser.admin("root");
    private static final TestUser JANE = TestUser.customer("jane");
    private static final TestUser KARI = TestUser.driver("kari");
    private static final TestUser SERVICE = new TestUser("shop", "service", "");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writePrograms() throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        var page = MarkdownPage.of("docs/migration.md");
        for (var name : List.of("server.mjs", "customer.mjs", "driver.mjs", "emit.mjs")) {
            Files.writeString(folder.resolve(name), page.block("js " + name));
        }
        Files.createSymbolicLink(folder.resolve("node_modules"), PROJECT.resolve("node_modules"));
    }

    @Test
    void theAppsPrintTheSameWithTheOldServerAndWithTheHub() throws IOException, InterruptedException {
        var secret = TokenSecret.create(folder.resolve("secret-of-the-old-server"));
        List<String> before;
        try (var server = node(Map.of("SECRET", secret.text(), "PORT", "0"), "server.mjs")) {
            var url = URI.create(server.line("listens on (\\S+)").group(1));
            try (var rest = new RestClient(url, secret::token)) {
                before = deliver(url, secret.token(JANE), secret.token(KARI), rest);
            }
        }
        try (var hub = SecuredHub.start(folder);
                var rest = new RestClient(hub.url(), hub::token)) {
            assertThat(deliver(hub.url(), hub.token(JANE), hub.token(KARI), rest))
                    .isEqualTo(before);
            emitToJane(hub);
        }
        assertThat(before)
                .containsExactly(
                        "jane is registered.",
                        "The order is pending.",
                        "The order is accepted.",
                        "The order is ready_for_pickup.",
                        "The order is assigned_to_driver.",
                        "The order is picked_up.",
                        "The driver is at 59.92, 10.75.",
                        "The order is in_transit.",
                        "The order is delivered.");
    }

    /// Has an order delivered, and returns what the customer's app printed.
    private List<String> deliver(URI url, String jane, String kari, RestClient rest)
            throws IOException, InterruptedException {
        try (var customer = node(Map.of("HUB", url.toString(), "TOKEN", jane), "customer.mjs");
                var driver = node(Map.of("HUB", url.toString(), "TOKEN", kari), "driver.mjs")) {
            customer.line("^jane is registered\\.$");
            driver.line("^kari is registered\\.$");
            var order = rest.post(JANE, "/orders", RestClient.order("acme", "o1"))
                    .done()
                    .getString("orderId");
            var statuses = "/orders/" + order + "/status";
            for (var status : List.of("accepted", "ready_for_pickup")) {
                rest.patch(ADMIN, statuses, new JSONObject().put("status", status))
                        .done();
            }
            rest.post(ADMIN, "/orders/" + order + "/assign", new JSONObject().put("driverId", "kari"))
                    .done();
            driver.line("^There is an order for me\\.$");
            customer.line("assigned_to_driver");
            rest.patch(ADMIN, statuses, new JSONObject().put("status", "picked_up"))
                    .done();
            customer.line("picked_up");
            customer.line("^The driver is at ");
            rest.patch(ADMIN, statuses, new JSONObject().put("status", "in_transit"))
                    .done();
            rest.patch(ADMIN, statuses, new JSONObject().put("status", "delivered"))
                    .done();
            customer.line("delivered");
            return customer.lines();
        }
    }

    private void emitToJane(SecuredHub hub) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("listener.mjs"), """
                import { io } from 'socket.io-client';
                const socket = io(process.env.HUB, { auth: { token: process.env.TOKEN } });
                socket.on('shop:points', ({ points }) => console.log(`${points} points`));
                socket.on('connect', () => console.log('connected'));
                """);
        Files.writeString(folder.resolve("emitter.mjs"), """
                import { emitToAll, emitToRole, emitToUser } from './emit.mjs';
                await emitToUser('jane', 'shop:points', { points: 1 });
                await emitToRole('customer', 'shop:points', { points: 2 });
                await emitToAll('shop:points', { points: 3 });
                await emitToUser('jane', 'order:new', {}).catch((error) => console.log(error.message));
                """);
        var url = hub.url().toString();
        try (var listener = node(Map.of("HUB", url, "TOKEN", hub.token(JANE)), "listener.mjs")) {
            listener.line("connected");
            try (var emitter = node(Map.of("HUB", url, "SERVICE_TOKEN", hub.token(SERVICE)), "emitter.mjs")) {
                emitter.line("order:new");
                assertThat(emitter.awaitExit()).isZero();
            }
            listener.line("^3 points$");
            assertThat(listener.lines()).containsSubsequence("1 points", "2 points", "3 points");
        }
    }

    private ProgramProcess node(Map<String, String> environment, String file) {
        return ProgramProcess.start(environment, folder, List.of("node", file));
    }
}
