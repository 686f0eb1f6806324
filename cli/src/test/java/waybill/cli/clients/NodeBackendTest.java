package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.MarkdownPage;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;
import waybill.cli.orders.TestUser;

/// A shop's backend on Node.js, and clients with npm's socket.io-client. Programs of `docs/emit.md` and
/// `docs/payments.md` run as they stand there.
@Timeout(120)
class NodeBackendTest {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final String SECRET = "whsec_of_a_test";
    private static final TestUser SERVICE = new TestUser("shop", "service", "");
    private static final TestUser JANE = TestUser.customer("jane");

    @TempDir
    private static Path folder = Path.of("");

    private static SecuredHub hub;

    @BeforeAll
    static void startHub() throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        var secret = Files.writeString(folder.resolve("stripe"), SECRET);
        hub = SecuredHub.start(folder, "--stripe-webhook-secret-file", secret.toString());
    }

    @AfterAll
    static void stopHub() throws IOException {
        hub.close();
        Files.deleteIfExists(folder.resolve("node_modules"));
    }

    @Test
    void theProgramsOfThePageAboutEmitsUnderstandEachOther() throws IOException, InterruptedException {
        try (var client = run("emit.md", "client", "", JANE)) {
            client.line("^Waiting for points\\.$");
            try (var backend = run("emit.md", "backend", "", SERVICE)) {
                backend.line("^201 ");
            }
            client.line("^Jane has 130 points \\(event \\d+\\)\\.$");
        }
    }

    @Test
    void aUserARoleAnOrderARoomAndAllReceiveTheEventsOfABackend() throws InterruptedException {
        var settings = new JSONObject()
                .put("url", hub.url().toString())
                .put(
                        "tokens",
                        new JSONObject()
                                .put("service", hub.token(SERVICE))
                                .put("customer", hub.token(JANE))
                                .put("away", hub.token(TestUser.customer("bob")))
                                .put("store", hub.token(TestUser.merchant("keeper", "acme")))
                                .put("driver", hub.token(TestUser.driver("kari"))));
        try (var program = ProgramProcess.start(Map.of(), PROJECT, List.of("node", "emits.js", settings.toString()))) {
            var received = new JSONObject(program.line("^(\\{.*})$").group(1));
            assertThat(received.toMap())
                    .isEqualTo(Map.of(
                            "customer", List.of("shop:user", "shop:order", "shop:room", "shop:all", "shop:end"),
                            "store", List.of("shop:order", "shop:all", "shop:end"),
                            "driver", List.of("shop:role", "shop:all", "shop:end"),
                            "away", List.of("shop:away", "shop:all", "shop:end")));
        }
    }

    @Test
    void theProgramsOfThePageAboutPaymentsPayAnOrder() throws IOException, InterruptedException {
        var order = place();
        var stripe = """
                const order = { orderId: process.argv[2] }, line_items = [];
                const stripe = { checkout: { sessions: { create: (of) => console.log(JSON.stringify(of)) } } };
                """;
        try (var checkout = run("payments.md", "checkout", stripe, JANE, order)) {
            var parameters = new JSONObject(checkout.line("^(\\{.*})$").group(1));
            assertThat(parameters.getString("client_reference_id")).isEqualTo(order);
            assertThat(parameters.query("/payment_intent_data/metadata/order_id"))
                    .isEqualTo(order);
        }
        for (var result : List.of("applied", "repeated")) {
            try (var report = run("payments.md", "report", "", JANE, order)) {
                report.line("^200 \\{ result: '" + result + "', orderId: '" + order + "' }$");
            }
        }
    }

    @Test
    void theShortExamplesOfThePagesWork() throws IOException, InterruptedException {
        linkModules();
        var file = Files.writeString(folder.resolve("examples.mjs"), PageSnippets.program());
        var environment = Map.of(
                "HUB", hub.url().toString(),
                "customer", hub.token(JANE),
                "merchant", hub.token(TestUser.merchant("keeper", "acme")),
                "driver", hub.token(TestUser.driver("kari")),
                "expiring", hub.token(JANE, Duration.ofSeconds(50)));
        try (var program = ProgramProcess.start(environment, folder, List.of("node", file.toString()))) {
            assertThat(program.awaitExit())
                    .as(() -> String.join("\n", program.lines()))
                    .isZero();
            assertThat(program.lines()).isEqualTo(PageSnippets.lines());
        }
    }

    private static void linkModules() throws IOException {
        var modules = folder.resolve("node_modules");
        if (!Files.exists(modules)) {
            Files.createSymbolicLink(modules, PROJECT.resolve("node_modules"));
        }
    }

    /// Runs the program of that name of a page, with the token of a user.
    private static ProgramProcess run(String page, String name, String before, TestUser user, String... arguments)
            throws IOException {
        var program = MarkdownPage.of("docs/" + page).block("js " + name);
        linkModules();
        var file = Files.writeString(folder.resolve(name + ".mjs"), before + program);
        var command = new ArrayList<>(List.of("node", file.toString()));
        command.addAll(List.of(arguments));
        var environment = new HashMap<>(Map.of("HUB", hub.url().toString(), "TOKEN", hub.token(user)));
        environment.put("WAYBILL_STRIPE_WEBHOOK_SECRET", SECRET);
        return ProgramProcess.start(environment, folder, command);
    }

    /// An order of 25.00 EUR.
    private static String place() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(hub.url() + "/orders"))
                    .header("authorization", "Bearer " + hub.token(JANE))
                    .POST(BodyPublishers.ofString("""
                            {"storeId": "acme", "deliveryAddress": "1 Main St",
                             "items": [{"product": "pizza", "quantity": 2, "price": 1250}]}"""));
            return new JSONObject(
                            http.send(request.build(), BodyHandlers.ofString()).body())
                    .getString("orderId");
        }
    }
}
