package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            has order | watched | speed | to stop | seconds
            true      | true    | 8     | 3000    | 5
            true      | true    | 20    | 3000    | 2
            true      | true    | 3     | 3000    | 10
            true      | true    | 0     | 3000    | 15
            true      | true    | 8     | 400     | 2
            true      | true    | 4     | 500     | 3
            true      | true    | 4     | 501     | 10
            true      | true    | 0     | 20      | 15
            true      | false   | 8     | 3000    | 15
            true      | false   | 20    | 3000    | 5
            true      | false   | 8     | 400     | 5
            true      | false   | 0     | 3000    | 30
            true      | true    | NaN   | NaN     | 5
            true      | false   | NaN   | NaN     | 15
            false     | false   | 8     | NaN     | 30
            false     | false   | 30    | NaN     | 10
            false     | false   | 0     | NaN     | 60
            false     | true    | NaN   | 10      | 30
            """)
    void theIntervalFollowsFromViewersSpeedAndTheStop(
            boolean hasOrder, boolean isWatched, double speed, double metresToStop, long seconds) {
        assertThat(RateHint.intervalMs(new RateHint.Conditions(hasOrder, isWatched, speed, metresToStop)))
                .isEqualTo(seconds * 1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8.1, 3",
        "5, 8.1, 3",
        "3, 7.9, 3",
        "3, 6.5, 3",
        "3, 6.3, 5",
        "15, 0.1, 15",
        "2, 0, 15",
        "5, 0, 15",
        "10, 3, 10"
    })
    void atTheBorderOfTwoIntervalsTheShorterOneStays(long beforeSeconds, double speed, long seconds) {
        var conditions = new RateHint.Conditions(true, true, speed, 3_000);
        assertThat(RateHint.nextIntervalMs(conditions, beforeSeconds * 1_000)).isEqualTo(seconds * 1_000);
    }

    @Test
    void itNeverGrowsWithSpeedNorNearerToTheStopNorWithAViewer() {
        var random = new Random(3);
        for (var i = 0; i < 10_000; i++) {
            var hasOrder = random.nextBoolean();
            var speed = random.nextDouble() * 40;
            var metres = random.nextDouble() * 2_000;
            var interval = RateHint.intervalMs(new RateHint.Conditions(hasOrder, false, speed, metres));
            assertThat(interval).isBetween(2_000L, 60_000L);
            assertThat(RateHint.intervalMs(new RateHint.Conditions(hasOrder, true, speed, metres)))
                    .isLessThanOrEqualTo(interval);
            assertThat(RateHint.intervalMs(new RateHint.Conditions(hasOrder, false, speed + 5, metres)))
                    .isLessThanOrEqualTo(interval);
            assertThat(RateHint.intervalMs(new RateHint.Conditions(hasOrder, false, speed, metres / 2)))
                    .isLessThanOrEqualTo(interval);
        }
    }
}
