package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.cli.ProgramProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;

/// The programs of the pages that show how to write a client, one page a language: a customer places an order and
/// follows it over a cut network and a restart, and a driver picks it up and reports its positions. All pages are run
/// at once, on one hub.
@Timeout(180)
class ClientGuidesTest {

    private static final TestUser ADMIN = TestUser.admin("root");

    @TempDir
    private static Path folder = Path.of("");

    private static final Map<ClientGuide, CompletableFuture<@Nullable Void>> results = new EnumMap<>(ClientGuide.class);
    private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private static SecuredHub hub;
    private static RestClient rest;

    @BeforeAll
    static void runAllPages() throws IOException, InterruptedException {
        hub = SecuredHub.start(folder);
        rest = new RestClient(hub.url(), hub::token);
        for (var guide : ClientGuide.values()) {
            var result = new CompletableFuture<@Nullable Void>();
            results.put(guide, result);
            threads.execute(() -> complete(guide, result));
        }
    }

    @AfterAll
    static void stopHub() {
        threads.close();
        rest.close();
        hub.close();
    }

    @ParameterizedTest
    @EnumSource
    void theProgramsOfThePageLoseNoEventAndRepeatNone(ClientGuide guide) throws Throwable {
        var result = results.get(guide);
        assertThat(result).isNotNull();
        try {
            result.join();
        } catch (CompletionException e) {
            throw e.getCause(); // a skipped page is skipped
        }
    }

    private static void complete(ClientGuide guide, CompletableFuture<@Nullable Void> result) {
        try {
            run(guide);
            result.complete(null);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private static void run(ClientGuide guide) throws IOException, InterruptedException {
        var programs = folder.resolve(guide.name());
        guide.write(programs);
        var jane = TestUser.customer("jane-" + guide.name());
        var kari = TestUser.driver("kari-" + guide.name());
        try (var line = new NetworkLine(hub.url());
                var driver = guide.start("driver", programs, line, hub.token(kari))) {
            String before;
            MatchResult placed;
            try (var customer = guide.start("customer", programs, line, hub.token(jane), "place")) {
                customer.line("^" + jane.id() + " is connected\\.$");
                placed = customer.line("^Placed (\\S+) \\((\\S+)\\)\\.$");
                var order = placed.group(2);
                driver.line("^" + kari.id() + " is connected\\.$");
                for (var status : new String[] {"accepted", "ready_for_pickup"}) {
                    advance(order, status);
                }
                rest.post(ADMIN, "/orders/" + order + "/assign", new JSONObject().put("driverId", kari.id()))
                        .done();
                driver.line("^New assignment: " + placed.group(1) + "\\.$");
                driver.line("^" + placed.group(1) + " is with me\\.$");
                driver.line("^The position is live\\.$");
                customer.line("^The driver is at 59\\.92, 10\\.75\\.$");
                line.cut();
                advance(order, "in_transit");
                line.mend();
                customer.line(" is in_transit\\.$");
                before = statuses(customer);
            }
            advance(placed.group(2), "delivered");
            try (var customer = guide.start("customer", programs, line, hub.token(jane))) {
                customer.line(" is delivered\\.$");
                assertThat(before + statuses(customer))
                        .isEqualTo(
                                "pending accepted ready_for_pickup assigned_to_driver picked_up in_transit delivered ");
            }
        }
    }

    private static void advance(String order, String status) throws IOException, InterruptedException {
        rest.patch(ADMIN, "/orders/" + order + "/status", new JSONObject().put("status", status))
                .done();
    }

    /// The statuses that a program has printed.
    private static String statuses(ProgramProcess customer) {
        return customer.lines().stream()
                .filter(text -> text.matches("WB-\\S+ is \\w+\\."))
                .map(text -> text.replaceAll(".* |\\.$", "") + ' ')
                .reduce("", String::concat);
    }
}
