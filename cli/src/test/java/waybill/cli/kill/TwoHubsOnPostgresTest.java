package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;
import waybill.storage.postgres.PostgresServer;

/// Two hubs on one database: what one node does for all goes on when it is killed or paused.
@Timeout(180)
class TwoHubsOnPostgresTest {

    private static final TestUser ADA = TestUser.admin("ada");
    private static final TestUser MIA = TestUser.merchant("mia", "acme-widgets");
    private static final Duration ACCEPT_WITHIN = Duration.ofSeconds(2);
    private static final Pattern LEASES_HELD = Pattern.compile("waybill_leases_held (\\d+)");

    /// As long as a lease lives, until the other node looks, and some time for a busy machine.
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(15);

    @TempDir
    private Path data = Path.of("");

    private TokenSecret secret;
    private String database;
    private HubProcess first;
    private HubProcess second;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        secret = TokenSecret.create(data.resolve("secret"));
        database = PostgresServer.url(PostgresServer.createDatabase());
        first = startHub("first");
        try (var rest = rest(first)) {
            await(() -> leasesHeld(rest) > 0, TAKEN_OVER_WITHIN);
        }
        second = startHub("second");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private HubProcess startHub(String name) throws InterruptedException {
        return HubProcess.start(
                List.of(),
                Map.of("WAYBILL_LOG_EVENTS", "OFF", "WAYBILL_DATABASE", database),
                0,
                data.resolve(name),
                "--jwt-secret-file",
                secret.file().toString(),
                "--rest-rate",
                "0",
                "--accept-within",
                ACCEPT_WITHIN.toSeconds() + "s");
    }

    private RestClient rest(HubProcess hub) {
        return new RestClient(hub.url(), secret::token);
    }

    private static String place(RestClient rest, String reference) throws IOException, InterruptedException {
        return rest.post(MIA, "/api/v1/orders", RestClient.order("acme-widgets", reference))
                .done()
                .getString("orderId");
    }

    @Test
    void theOtherNodeGoesOnWithOrdersAndDeadlinesWhenOneIsKilled() throws IOException, InterruptedException {
        try (var here = rest(first);
                var there = rest(second)) {
            var accepted = place(here, "one");
            there.patch(MIA, "/api/v1/orders/" + accepted + "/status", new JSONObject().put("status", "accepted"))
                    .done();
            assertThat(statuses(here, accepted)).containsExactly("pending", "accepted");
            assertThat(place(there, "one")).as("the same reference").isEqualTo(accepted);
            assertThat(leasesHeld(there)).as("those of %s", leasesHeld(here)).isZero();
            first.close();
            var unanswered = place(there, "two");
            awaitStatus(there, unanswered, "expired", ACCEPT_WITHIN.plus(TAKEN_OVER_WITHIN));
            assertThat(statuses(there, unanswered)).containsExactly("pending", "expired");
            assertThat(statuses(there, accepted)).containsExactly("pending", "accepted");
            assertThat(leasesHeld(there)).isPositive();
        }
    }

    @Test
    void aNodeThatWakesFromAPauseDoesNotActOnALostLease() throws IOException, InterruptedException {
        try (var here = rest(first);
                var there = rest(second)) {
            signal(first, "STOP");
            var order = place(there, "unanswered");
            awaitStatus(there, order, "expired", ACCEPT_WITHIN.plus(TAKEN_OVER_WITHIN));
            signal(first, "CONT");
            first.program().line("runs the task 'deadlines' by now, because this one did not respond");
            assertThat(statuses(here, order)).containsExactly("pending", "expired");
            var next = place(here, "placed after the pause");
            awaitStatus(here, next, "expired", ACCEPT_WITHIN.plus(TAKEN_OVER_WITHIN));
            assertThat(statuses(there, next)).containsExactly("pending", "expired");
        }
    }

    private static int leasesHeld(RestClient rest) throws IOException, InterruptedException {
        var held = LEASES_HELD.matcher(rest.get(ADA, "/metrics").text());
        assertThat(held.find()).isTrue();
        return Integer.parseInt(held.group(1));
    }

    private static void signal(HubProcess hub, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, "" + hub.program().pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void awaitStatus(RestClient rest, String order, String status, Duration within)
            throws IOException, InterruptedException {
        await(() -> statuses(rest, order).contains(status), within);
    }

    /// Something that is asked of a hub.
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(Condition condition, Duration within) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + within.toNanos();
        while (!condition.holds()) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
        }
    }

    private static List<String> statuses(RestClient rest, String order) throws IOException, InterruptedException {
        return rest.events(MIA, order).stream()
                .map(event -> event.getString("status"))
                .toList();
    }
}
