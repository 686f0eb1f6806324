package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.Trust;
import waybill.server.live.LiveTestClient;
import waybill.server.rest.ApiTestClient;

class HealthAndMetricsTest {

    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path DASHBOARD = Path.of("..", "docs", "grafana.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:waybill|jvm|process)_[a-z_]+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(waybill_\\w+)` \\| (\\w+) \\|([^|]*)\\|");
    private static final String SERIES = "waybill_http_request_duration_seconds";
    private static final String PATCHED =
            SERIES + "_count{method=\"PATCH\",route=\"/orders/{id}/status\",status=\"200\"}";

    /// Twice as often would be rate-limited.
    private static final int TRIES = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    @BeforeEach
    void start() {
        api = ApiTestClient.start(data);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theDashboardShowsMetricsThatExist() throws IOException {
        somethingOfEverythingHappens();
        var shown = METRIC.matcher(Files.readString(DASHBOARD))
                .results()
                .map(match -> match.group().replaceFirst("_(bucket|count)$", ""))
                .collect(Collectors.toSet());
        assertThat(shown).hasSizeGreaterThan(30);
        assertThat(scrape().families().keySet()).containsAll(shown);
    }

    @Test
    void thePageDocumentsEveryMetric() throws IOException {
        somethingOfEverythingHappens();
        var shown = new TreeMap<String, String>();
        scrape().families().forEach((name, family) -> {
            assertThat(family.help()).as(name).isNotBlank();
            if (name.startsWith("waybill_")) {
                shown.put(name, family.type() + " " + labels(family));
            } else {
                assertThat(name).matches("(jvm|process|system)_.*");
            }
        });
        assertThat(shown).isEqualTo(documentedMetrics());
    }

    private static Map<String, String> documentedMetrics() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2) + " "
                                + Arrays.stream(row.group(3)
                                                .strip()
                                                .replace("`", "")
                                                .split(", "))
                                        .sorted()
                                        .toList()));
    }

    private static List<String> labels(PrometheusText.Family family) {
        var labels = Pattern.compile("[{,](\\w+)=")
                .matcher(family.samples().keySet().iterator().next())
                .results()
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .sorted()
                .toList();
        return labels.isEmpty() ? List.of("") : labels;
    }

    private void somethingOfEverythingHappens() {
        api.post("driver:kari", "/api/v1/drivers/me/location", "{\"latitude\":0,\"longitude\":1}")
                .is(200);
        var order = api.place("customer:jane", "acme");
        api.get("customer:jane", "/orders/" + order).is(200);
        api.get("", "/t/unknown").is(404);
        LiveTestClient.connectError(address(), "/realtime", Map.of("token", "nonsense"), "");
        api.request("GET", "", "/socket.io/?EIO=3&transport=polling", "").is(400);
        try (var jane = connected("customer:jane")) {
            jane.emitAsync("subscribe:order", json("orderId", order)).join();
            jane.emitAsync("make:coffee", json("with", "milk")).join();
            api.status("merchant:acme", order, "accepted").is(200);
            while (!jane.nextEvent().event().equals("order:status_update")) {
                // something else was said before
            }
        }
    }

    @Test
    void aHubThatDoesNotRecordPositionsIsDegradedAndReady() throws SQLException {
        assertThat(api.get("", "/health").is(200).text("tracks")).isEqualTo("recorded");
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("tracks.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            api.post("driver:kari", "/api/v1/drivers/me/location", "{\"latitude\":0,\"longitude\":1}")
                    .is(200);
            var degraded =
                    api.getUntil("", "/health", answer -> answer.text("tracks").equals("not recorded"));
            assertThat(degraded.is(200).text("status")).isEqualTo("degraded");
            statement.execute("ROLLBACK");
        }
        assertThat(api.getUntil("", "/health", answer -> answer.text("tracks").equals("recorded"))
                        .text("status"))
                .isEqualTo("up");
    }

    @Test
    void figuresFollowWhatHappens() {
        var before = scrape();
        var order = api.place("customer:jane", "acme");
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:acme", order, status).is(200);
        }
        api.status("driver:kari", order, "assigned_to_driver").is(200);
        try (var kari = connected("driver:kari")) {
            var place = json("orderId", order).put("latitude", 59.9).put("longitude", 10.7);
            assertThat(kari.emitAsync("driver:location", place).join().optBoolean("ok"))
                    .isTrue();
            var after = scrapeWhen(PATCHED, 3);
            assertThat(increase(before, after, "waybill_connections")).isEqualTo(1);
            assertThat(increase(before, after, "waybill_users")).isEqualTo(1);
            assertThat(increase(before, after, "waybill_sockets{namespace=\"/realtime\"}"))
                    .isEqualTo(1);
            assertThat(increase(before, after, "waybill_positions_received_total"))
                    .isEqualTo(1);
            assertThat(increase(before, after, "waybill_positions_broadcast_total"))
                    .isPositive();
            assertThat(after.value("waybill_events_received_total{dialect=\"realtime\",event=\"driver:location\"}"))
                    .isEqualTo(1);
            assertThat(increase(before, after, "waybill_journal_commit_duration_seconds_count"))
                    .isPositive();
            assertThat(increase(before, after, "waybill_journal_batch_size_sum"))
                    .isGreaterThanOrEqualTo(4);
            assertThat(after.value("waybill_journal_writable")).isEqualTo(1);
            assertThat(after.value(SERIES + "_count{method=\"GET\",route=\"/metrics\",status=\"200\"}"))
                    .isPositive();
        }
    }

    @Test
    void unknownPathsAndMethodsAddNoSeries() {
        api.place("customer:jane", "acme");
        try (var jane = connected("customer:jane")) {
            for (var i = 0; i < TRIES; i++) {
                var word = UUID.randomUUID().toString();
                api.get("customer:jane", "/orders/" + word).is(404);
                api.get("customer:jane", "/" + word).is(404);
                api.request("DELETE", "", "/api/v1/" + word, "").is(404);
                api.send(HttpRequest.newBuilder(api.uri("/orders?status=" + word))
                        .method("BREW" + i, BodyPublishers.noBody())
                        .build());
                jane.emitAsync(word, json("event", word)).join();
                jane.emitAsync("subscribe:order", json("orderId", "not an id")).join();
                LiveTestClient.connectError(address(), "/realtime", Map.of("token", word), "");
            }
        }
        var shown = scrape();
        assertThat(shown.labels(SERIES, "route"))
                .containsExactlyInAnyOrder("/tokens", "/orders", "/orders/{id}", "other");
        assertThat(shown.labels(SERIES, "method")).containsExactlyInAnyOrder("POST", "GET", "other");
        assertThat(shown.labels("waybill_events_received_total", "event"))
                .containsExactlyInAnyOrder("unknown", "malformed");
        assertThat(shown.labels("waybill_events_rejected_total", "code")).containsExactly("invalid");
        assertThat(shown.labels("waybill_handshakes_rejected_total", "code")).containsExactly("unauthenticated");
        assertThat(shown.value("waybill_events_received_total{dialect=\"realtime\",event=\"unknown\"}"))
                .isEqualTo(TRIES);
        assertThat(shown.value("waybill_handshakes_rejected_total{code=\"unauthenticated\"}"))
                .isEqualTo(TRIES);
    }

    @Test
    void onlyOperatorsMayReadMetrics() {
        for (var who : List.of("customer:jane", "merchant:acme", "driver:kari")) {
            assertThat(api.send(request(who)).statusCode()).as(who).isEqualTo(403);
        }
        for (var who : List.of("admin:root", "support:sam")) {
            var answer = api.send(request(who));
            assertThat(answer.statusCode()).as(who).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
        }
    }

    @Test
    void aSecuredHubRequiresATokenForMetrics(@TempDir Path elsewhere) {
        var trust = new Trust.SharedSecret(Secret.of("thirty-two bytes that only tests know"));
        try (var secured = ApiTestClient.start(elsewhere, config -> config.withIdentity(IdentityConfig.of(trust)))) {
            secured.get("", "/metrics").isProblem(401, "unauthenticated");
            secured.request("GET", "", "/metrics", "", "authorization", "Bearer nonsense")
                    .isProblem(401, "unauthenticated");
        }
    }

    private HttpRequest request(String who) {
        return HttpRequest.newBuilder(api.uri("/metrics"))
                .header("authorization", "Bearer " + api.token(who))
                .build();
    }

    private PrometheusText scrape() {
        return PrometheusText.parse(
                api.send(HttpRequest.newBuilder(api.uri("/metrics")).build()).body());
    }

    /// A request is counted when it has been answered: perhaps just after its client has the answer.
    private PrometheusText scrapeWhen(String series, double value) {
        var shown = scrape();
        while (shown.value(series) < value) {
            shown = scrape();
        }
        assertThat(shown.value(series)).isEqualTo(value);
        return shown;
    }

    private static double increase(PrometheusText before, PrometheusText after, String series) {
        return after.value(series) - before.value(series);
    }

    private LiveTestClient connected(String who) {
        return LiveTestClient.connect(address(), "/realtime", Map.of("token", api.token(who)), "");
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), api.uri("/").getPort());
    }

    private static JSONObject json(String name, String value) {
        return new JSONObject(Map.of(name, value));
    }
}
