package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;

/// What an operator may set, and the default limits.
class RestSettingsTest {

    private static final String ORDER = """
            {"items": [{"product": "p", "quantity": 1, "price": 1500}], "deliveryAddress": "x"}""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void onlyTheUserOverTheRateGetsRetryAfter() {
        try (var api = ApiTestClient.start(
                data, config -> config.withRest(RestSettings.defaults().withRates(1, 1)))) {
            ApiTestClient.Answer last;
            var asked = 0;
            do {
                last = api.get("customer:eager", "/orders");
            } while (last.status() == 200 && ++asked < 10_000);
            last.isProblem(429, "rate_limited");
            assertThat(last.text("detail")).isEqualTo("reads: too many (expected: at most 1 a second)");
            assertThat(last.header("retry-after")).contains("1");
            assertThat(last.body().path("retryAfterMs").asLong()).isBetween(1L, 1_000L);
            api.get("customer:calm", "/orders").is(200);
            api.post("customer:eager", "/orders", ORDER).is(201);
            for (var i = 0; i < 5; i++) {
                api.post("driver:d", "/api/v1/drivers/me/location", "{\"latitude\": 1, \"longitude\": 1}")
                        .is(200);
            }
        }
    }

    @Test
    void aRateLimitedWriteChangesNothing() {
        try (var api = ApiTestClient.start(
                data, config -> config.withRest(RestSettings.defaults().withRates(0, 1)))) {
            var placed = 0;
            while (api.post("customer:eager", "/orders", ORDER).status() == 201) {
                placed++;
            }
            assertThat(api.get("customer:eager", "/orders?limit=1000").body().path("orders"))
                    .hasSize(placed);
        }
    }

    @Test
    void theDefaultStoreAndCurrencyMayBeOthers() {
        try (var api = ApiTestClient.start(
                data,
                config -> config.withRest(
                        RestSettings.defaults().withStore("corner").withCurrency("JPY")))) {
            var order = api.post("customer:c", "/orders", ORDER).is(201);
            assertThat(order.text("storeId")).isEqualTo("corner");
            assertThat(order.text("currency")).isEqualTo("JPY");
            assertThat(order.body().path("totalAmount").asText()).isEqualTo("1500");
        }
    }

    @Test
    void invalidSettingsAreRejected() {
        var defaults = RestSettings.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withCurrency("euro"))
                .withMessage("currency: euro (expected: an ISO 4217 code such as EUR)");
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withStore(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withRates(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPayloadMax(0));
    }
}
