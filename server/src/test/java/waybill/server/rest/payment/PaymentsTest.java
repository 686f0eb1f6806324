package waybill.server.rest.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.rest.payment.FakeProvider.captured;
import static waybill.server.rest.payment.FakeProvider.intent;
import static waybill.server.rest.payment.FakeProvider.session;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;

/// Payments that a provider reports over HTTP.
class PaymentsTest {

    private static final long DUE = 2_500;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    @SuppressWarnings("NullAway.Init")
    private FakeProvider provider;

    @BeforeEach
    void open() {
        api = start();
        provider = new FakeProvider(api, "secret-a");
    }

    private ApiTestClient start() {
        var secrets = new PaymentSecrets(List.of("secret-a", "secret-b"), List.of("secret-b", "secret-a"));
        return ApiTestClient.start(
                data, config -> config.withIntegrations(config.integrations().withPayments(secrets)));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aPaymentIntentOfStripePaysItsOrder() {
        var order = place();
        var answer = provider.stripe(intent("evt_1", "pi_1", order, DUE, "eur"));
        assertThat(answer.is(200).text("result")).isEqualTo("applied");
        assertThat(answer.text("orderId")).isEqualTo(order);
        assertThat(status(order)).isEqualTo("payment_confirmed");
        var paid = api.get("admin", "/api/v1/orders/" + order + "/events")
                .body()
                .path("events")
                .get(1);
        assertThat(paid.path("by").asText()).isEqualTo("hub:stripe");
        assertThat(paid.path("amount").decimalValue()).isEqualByComparingTo("25.00");
        assertThat(paid.path("paymentMethod").asText()).isEqualTo("stripe");
        assertThat(paid.path("occurredAt").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
    }

    @Test
    void severalReportsOfOnePaymentInAnyOrderPayOnce() {
        var order = place();
        assertThat(result(provider.stripe(session("evt_2", "pi_1", order, "paid", DUE))))
                .isEqualTo("applied");
        assertThat(result(provider.stripe(intent("evt_1", "pi_1", order, DUE, "eur"))))
                .isEqualTo("repeated");
        assertThat(result(provider.stripe(session("evt_2", "pi_1", order, "paid", DUE))))
                .isEqualTo("repeated");
        assertThat(payments(order)).isEqualTo(1);
        assertThat(alerts()).isZero();
    }

    @Test
    void bothReportsOfRazorpayPayOnce() {
        var order = place();
        var captured = captured("payment.captured", "pay_1", order, DUE);
        assertThat(result(provider.razorpay(captured, "e1"))).isEqualTo("applied");
        assertThat(result(provider.razorpay(captured("order.paid", "pay_1", order, DUE), "e2")))
                .isEqualTo("repeated");
        assertThat(result(provider.razorpay(captured, "e1"))).isEqualTo("repeated");
        assertThat(result(provider.razorpay(captured, "another id, which is not signed")))
                .isEqualTo("repeated");
        assertThat(payments(order)).isEqualTo(1);
    }

    @Test
    void aReportThatIsSentAgainAfterARestartPaysOnce() {
        var order = place();
        var report = intent("evt_1", "pi_1", order, DUE, "eur");
        provider.stripe(report).is(200);
        api.close();
        api = start();
        provider = new FakeProvider(api, "secret-b");
        assertThat(result(provider.stripe(report))).isEqualTo("repeated");
        assertThat(payments(order)).isEqualTo(1);
    }

    @Test
    void aTamperedReportIsRejectedAndPaysNothing() {
        var order = place();
        var report = intent("evt_1", "pi_1", order, 1, "eur");
        provider.stripeTampered(report, report.replace("\"amount_received\": 1,", "\"amount_received\": 2500,"))
                .isProblem(400, "invalid");
        provider.stripeTampered(report, report + " ").isProblem(400, "invalid");
        var captured = captured("payment.captured", "pay_1", order, DUE);
        provider.razorpayTampered(captured, captured.replace("pay_1", "pay_2")).isProblem(400, "invalid");
        new FakeProvider(api, "another secret").stripe(report).isProblem(400, "invalid");
        api.post("", "/api/v1/payments/stripe", report).isProblem(400, "invalid");
        api.post("admin", "/api/v1/payments/razorpay", captured).isProblem(400, "invalid");
        assertThat(status(order)).isEqualTo("pending");
    }

    @Test
    void aReportOfAnotherTimeIsRejected() {
        var report = intent("evt_1", "pi_1", place(), DUE, "eur");
        var now = Instant.now().getEpochSecond();
        provider.stripe(report, now - 310).isProblem(400, "invalid");
        provider.stripe(report, now + 310).isProblem(400, "invalid");
        assertThat(result(provider.stripe(report, now - 200))).isEqualTo("applied");
    }

    @Test
    void anAmountOrACurrencyThatIsNotTheAmountDueIsAlertedAndNotApplied() {
        var order = place();
        assertThat(result(provider.stripe(intent("evt_1", "pi_1", order, DUE - 1, "eur"))))
                .isEqualTo("mismatch");
        assertThat(result(provider.stripe(intent("evt_2", "pi_2", order, DUE, "usd"))))
                .isEqualTo("mismatch");
        assertThat(result(provider.stripe(intent("evt_1", "pi_1", order, DUE - 1, "eur"))))
                .isEqualTo("repeated");
        assertThat(status(order)).isEqualTo("pending");
        var alerts = api.get("support", "/api/v1/alerts").is(200).body().path("alerts");
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).path("kind").asText()).isEqualTo("payment_mismatch");
        assertThat(alerts.get(0).path("severity").asText()).isEqualTo("critical");
        assertThat(alerts.get(0).path("subject").asText()).isEqualTo("stripe pi_1");
        assertThat(alerts.get(0).path("message").asText())
                .endsWith("paid 24.99 EUR (expected: 25.00 EUR, the amount due)");
        assertThat(alerts.get(0).path("orderId").asText()).isEqualTo(order);
    }

    @Test
    void aSecondPaymentOfAnOrderAndOneOfACancelledOrderAreAlerted() {
        var order = place();
        provider.stripe(intent("evt_1", "pi_1", order, DUE, "eur")).is(200);
        assertThat(result(provider.stripe(intent("evt_2", "pi_2", order, DUE, "eur"))))
                .isEqualTo("mismatch");
        var cancelled = place();
        api.post("customer:max", "/api/v1/orders/" + cancelled + "/cancel", "{\"reason\": \"late\"}")
                .is(200);
        assertThat(result(provider.razorpay(captured("payment.captured", "pay_1", cancelled, DUE), "e1")))
                .isEqualTo("mismatch");
        assertThat(status(cancelled)).isEqualTo("cancelled");
        assertThat(alerts()).isEqualTo(2);
    }

    @Test
    void anAdministratorClearsAnAlertOnce() {
        provider.stripe(intent("evt_1", "pi_1", place(), 1, "eur")).is(200);
        var id = api.get("admin", "/api/v1/alerts")
                .body()
                .path("alerts")
                .get(0)
                .path("id")
                .asText();
        api.request("DELETE", "customer:max", "/api/v1/alerts/" + id, "").isProblem(403, "forbidden");
        api.request("DELETE", "admin", "/api/v1/alerts/" + id, "").is(204);
        api.request("DELETE", "admin", "/api/v1/alerts/" + id, "").isProblem(404, "not_found");
        assertThat(alerts()).isZero();
    }

    @Test
    void whatNoRepetitionCanMendIsAnswered200() {
        assertThat(result(provider.stripe("{\"id\": \"evt_1\", \"type\": \"charge.refunded\"}")))
                .isEqualTo("ignored");
        assertThat(result(provider.stripe(session("evt_2", "pi_1", place(), "unpaid", DUE))))
                .isEqualTo("ignored");
        assertThat(result(provider.razorpay("{\"event\": \"refund.created\"}", "e1")))
                .isEqualTo("ignored");
        assertThat(result(provider.stripe(intent("evt_3", "pi_1", "", DUE, "eur"))))
                .isEqualTo("no_order");
        var unknown = "019c0f3e-8000-7000-8000-0000000000ff";
        assertThat(result(provider.stripe(intent("evt_4", "pi_1", unknown, DUE, "eur"))))
                .isEqualTo("no_order");
    }

    @Test
    void aSignedReportThatIsNotOneIsRejected() {
        provider.stripe("no JSON").isProblem(400, "invalid");
        provider.stripe(intent("evt_1", "pi_1", place(), DUE, "euro")).isProblem(400, "invalid");
        provider.razorpay(captured("payment.captured", "pay_1", place(), -1), "e1")
                .isProblem(400, "invalid");
    }

    @Test
    void anAmountThatIsNoWholeNumberOfMinorUnitsIsRejected() {
        var order = place();
        for (var amount : List.of("2500.5", "2500.0", "25e2", "\"2500\"", "null", "9223372036854775808")) {
            provider.stripe(intent("evt_1", "pi_1", order, 77, "eur")
                            .replace("_received\": 77", "_received\": " + amount))
                    .isProblem(400, "invalid");
            provider.razorpay(
                            captured("payment.captured", "pay_1", order, 77)
                                    .replace("\"amount\": 77", "\"amount\": " + amount),
                            "e1")
                    .isProblem(400, "invalid");
        }
        assertThat(status(order)).isEqualTo("pending");
        assertThat(alerts()).isZero();
        assertThat(result(provider.stripe(intent("evt_1", "pi_1", order, DUE, "EUR"))))
                .isEqualTo("applied");
    }

    @Test
    void aRequestThatIsReplayedManyTimesAtOncePaysOnce() {
        var order = place();
        var report = intent("evt_1", "pi_1", order, DUE, "eur");
        var time = Instant.now().getEpochSecond();
        var replays = IntStream.range(0, 10)
                .mapToObj(_ -> provider.stripeAsync(report, time))
                .toList();
        assertThat(replays.stream().map(CompletableFuture::join).map(PaymentsTest::result))
                .containsOnlyOnce("applied")
                .filteredOn(result -> !result.equals("applied"))
                .hasSize(9)
                .containsOnly("repeated");
        assertThat(payments(order)).isEqualTo(1);
    }

    @Test
    void aReportOverTheLimitIsRejected() {
        provider.stripe("{\"id\": \"" + "a".repeat(300_000) + "\"}").isProblem(413, "too_large");
    }

    @Test
    void aProviderWithoutASecretIsNotFound(@TempDir Path other) {
        try (var hub = ApiTestClient.start(other)) {
            new FakeProvider(hub, "secret-a").razorpay("{}", "e1").isProblem(404, "not_found");
            new FakeProvider(hub, "secret-a").stripe("{}").isProblem(404, "not_found");
        }
    }

    private String place() {
        return api.place("customer:max", "bar");
    }

    private String status(String order) {
        return api.get("admin", "/api/v1/orders/" + order).is(200).text("status");
    }

    private long payments(String order) {
        return api.get("admin", "/api/v1/orders/" + order + "/events")
                .body()
                .path("events")
                .valueStream()
                .filter(event -> event.has("paymentMethod"))
                .count();
    }

    private int alerts() {
        return api.get("admin", "/api/v1/alerts").is(200).body().path("alerts").size();
    }

    private static String result(Answer answer) {
        return answer.is(200).text("result");
    }
}
