package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.FareTariff;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;

/// What a driver earns when the operator has set a tariff.
class FareTariffTest {

    /// A hundredth of a degree of latitude apart: 1.501 km by streets, 4.17 minutes.
    private static final String PLACES = """
            "pickupAddress": {"text": "1 Side St", "latitude": 59.91, "longitude": 10.75},
            "deliveryAddress": {"text": "1 Main St", "latitude": 59.92, "longitude": 10.75}""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static ApiTestClient api;

    @BeforeAll
    static void start() {
        api = ApiTestClient.start(
                data,
                config -> config.withOrders(
                        config.orders().withTariff(Optional.of(new FareTariff(300, 100, 10, "EUR")))));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void anOrderWithoutAFareGetsTheTariffs() {
        var order = place("customer:jane", PLACES);
        assertThat(order.body().path("fareMinor").asLong()).isEqualTo(300 + 150 + 42);
        assertThat(order.text("currency")).isEqualTo("EUR");
        assertThat(api.get("customer:jane", "/orders/" + order.text("orderId"))
                        .is(200)
                        .body()
                        .path("fareMinor")
                        .asLong())
                .isEqualTo(492);
    }

    @Test
    void aFareThatIsGivenStays() {
        var order = place("merchant:shop", PLACES + ", \"fare\": 50");
        assertThat(order.body().path("fareMinor").asLong()).isEqualTo(50);
    }

    @Test
    void withoutAPlaceThereIsNoFare() {
        assertThat(place("customer:jane", "\"deliveryAddress\": \"1 Main St\"")
                        .body()
                        .has("fare"))
                .isFalse();
    }

    @Test
    void anOrderInAnotherCurrencyGetsNoFare() {
        var order = place("customer:jane", PLACES + ", \"currency\": \"NOK\"");
        assertThat(order.text("currency")).isEqualTo("NOK");
        assertThat(order.body().has("fare")).isFalse();
    }

    private static Answer place(String who, String fields) {
        return api.post(who, "/api/v1/orders", """
                        {"storeId": "shop", "items": [{"product": "tea", "quantity": 1, "price": 250}], %s}""".formatted(fields)).is(201);
    }
}
