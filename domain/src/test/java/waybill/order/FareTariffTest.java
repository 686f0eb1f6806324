package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FareTariffTest {

    private static final FareTariff TARIFF = new FareTariff(300, 80, 15, "EUR");

    @ParameterizedTest
    @CsvSource({
        "0,        0,       300",
        "1000,     0,       380",
        "0,        60,      315",
        "2500,     600,     650",
        "6.25,     0,       301", // half a cent, upwards
        "6.2,      0,       300",
        "0,        2,       301",
        "0,        1,       300",
        "20037508, 3600000, 2503301"
    })
    void theFareIsTheBaseAndASharePerKilometreAndMinute(double metres, long seconds, long minor) {
        assertThat(TARIFF.fare(metres, Duration.ofSeconds(seconds))).isEqualTo(new Money(minor, "EUR"));
    }

    @Test
    void theLargestTariffHasAFareForTheLongestWay() {
        var max = FareTariff.AMOUNT_MAX;
        var fare = new FareTariff(max, max, max, "JPY").fare(30_000_000, Duration.ofDays(365));
        assertThat(fare.minorUnits()).isGreaterThan(max);
    }

    @Test
    void anAmountIsBoundedAndACurrencyKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FareTariff(-1, 0, 0, "EUR"))
                .withMessage("base: -1 (expected: 0..1000000000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FareTariff(0, 1_000_000_001, 0, "EUR"))
                .withMessageStartingWith("perKm: 1000000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FareTariff(0, 0, -5, "EUR"))
                .withMessageStartingWith("perMinute: -5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FareTariff(0, 0, 0, "EURO"))
                .withMessageStartingWith("currency: EURO");
    }
}
