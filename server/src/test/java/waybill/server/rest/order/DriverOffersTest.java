package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.server.rest.ApiTestClient;

/// A driver lists and answers its offers, over HTTP.
class DriverOffersTest extends OrderWritesScenario {

    private static final String OFFERS = "/api/v1/drivers/me/offers";

    @Test
    void aDriverAcceptsAnOfferOnce() {
        var id = ready("customer:ann", "offers-a");
        var offers = offers("driver:olga", id);
        assertThat(offers.path("status").asText()).isEqualTo("ready_for_pickup");
        assertThat(offers.path("timer").asInt()).isEqualTo(30);
        assertThat(offers.path("expiresAt").asText()).isNotEmpty();
        assertThat(offers.has("customerPhone")).isFalse();

        assertThat(api.post("driver:olga", ORDERS + "/" + id + "/accept-offer", "")
                        .is(200)
                        .text("driverId"))
                .isEqualTo("olga");
        api.post("driver:olga", ORDERS + "/" + id + "/accept-offer", "").is(200);
        assertThat(api.post("driver:pia", ORDERS + "/" + id + "/accept-offer", "")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .contains("another driver's");
        assertThat(ApiTestClient.ids(api.get("driver:pia", OFFERS).is(200), "offers", "orderId"))
                .doesNotContain(id);
    }

    @Test
    void aDriverThatDeclinesIsNotAskedAgain() {
        var id = ready("customer:ann", "offers-b");
        api.post("driver:olga", ORDERS + "/" + id + "/decline-offer", "{\"reason\": \"too far\"}")
                .is(200);
        assertThat(ApiTestClient.ids(api.get("driver:olga", OFFERS).is(200), "offers", "orderId"))
                .doesNotContain(id);
        assertThat(api.post("driver:olga", ORDERS + "/" + id + "/accept-offer", "")
                        .isProblem(409, "conflict")
                        .text("detail"))
                .contains("has declined it");
        offers("driver:pia", id);
        var events = api.get("admin:root", ORDERS + "/" + id + "/events").is(200);
        assertThat(ApiTestClient.ids(events, "events", "event")).endsWith("offer_declined");
    }

    @Test
    void onlyDriversHaveOffers() {
        var id = ready("customer:ann", "offers-c");
        for (var who : List.of("customer:ann", "merchant:offers-c", "admin:root", "support:s")) {
            api.get(who, OFFERS).isProblem(403, "forbidden");
            api.post(who, ORDERS + "/" + id + "/accept-offer", "").isProblem(403, "forbidden");
            api.post(who, ORDERS + "/" + id + "/decline-offer", "{}").isProblem(403, "forbidden");
        }
    }

    private static JsonNode offers(String driver, String order) {
        return api.get(driver, OFFERS)
                .is(200)
                .body()
                .path("offers")
                .valueStream()
                .filter(offer -> offer.path("orderId").asText().equals(order))
                .findFirst()
                .orElseThrow();
    }
}
