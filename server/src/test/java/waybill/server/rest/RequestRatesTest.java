package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

class RequestRatesTest {

    private static final UserId JANE = new UserId(Role.CUSTOMER, "jane");

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        var rates = new RequestRates(2);
        assertThat(rates.ask(JANE, 0)).isEmpty();
        assertThat(rates.ask(JANE, 0)).isEmpty();
        assertThat(rates.ask(JANE, 0)).contains(Duration.ofMillis(500));
        assertThat(rates.ask(new UserId(Role.CUSTOMER, "joe"), 0))
                .as("somebody else")
                .isEmpty();
        assertThat(rates.ask(new UserId(Role.DRIVER, "jane"), 0))
                .as("a driver of that id")
                .isEmpty();
        assertThat(rates.ask(JANE, 499)).contains(Duration.ofMillis(1));
        assertThat(rates.ask(JANE, 500)).isEmpty();
    }

    @Test
    void zeroIsNoLimit() {
        var rates = new RequestRates(0);
        for (var i = 0; i < 1_000; i++) {
            assertThat(rates.ask(JANE, 0)).isEmpty();
        }
    }

    @Test
    void whoHasNotAskedForLongestIsForgotten() {
        var rates = new RequestRates(1);
        assertThat(rates.ask(JANE, 0)).isEmpty();
        for (var i = 0; i < RequestRates.REMEMBERED_MAX; i++) {
            assertThat(rates.ask(new UserId(Role.CUSTOMER, "other " + i), 0)).isEmpty();
        }
        assertThat(rates.ask(JANE, 0)).isEmpty();
    }
}
