package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalStateTest {

    private static final SignalPolicy POLICY = new SignalPolicy(Duration.ofSeconds(60), Duration.ofSeconds(180));

    @ParameterizedTest
    @CsvSource({"-5000, LIVE", "0, LIVE", "59999, LIVE", "60000, STALE", "179999, STALE", "180000, LOST"})
    void aSignalIsAsFreshAsItsNewestPosition(long ageMs, Signal expected) {
        assertThat(POLICY.of(ageMs)).isEqualTo(expected);
    }

    /// Each step is `f` for a position recorded now, `b` for one that was recorded half an hour ago, or nothing, at a
    /// second; the expected text has the seconds at which the signal was lost (`-`) or regained (`+`).
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            f0 f60 f120 240                | ''
            f0 179                         | ''
            f0 180 240                     | -180
            f0 180 f300 f301 480           | -180 +301
            f0 180 f300 f310 f320          | -180 +310
            f0 180 f300 f490 f680 f870     | -180
            f0 180 f300 b310 b311 b320     | -180
            f0 f170 340                    | ''
            f0 180 f300 f360 540 f541 f542 | -180 +360 -540 +542
            """)
    void aLossIsReportedOnceAndEndsWhenPositionsKeepComing(String steps, String expected) {
        var state = new SignalState(0, false);
        var changes = new StringBuilder();
        for (var step : steps.split(" ", -1)) {
            var second = Long.parseLong(step.replaceAll("\\D", ""));
            var nowMs = second * 1_000;
            var next = state.at(nowMs, POLICY);
            if (step.startsWith("f")) {
                next = next.afterFix(nowMs, nowMs, POLICY);
            } else if (step.startsWith("b")) {
                next = next.afterFix(nowMs - 1_800_000, nowMs, POLICY);
            }
            if (next.isLost() != state.isLost()) {
                changes.append(next.isLost() ? " -" : " +").append(second);
            }
            state = next;
        }
        assertThat(changes.toString().strip()).isEqualTo(expected);
    }

    @Test
    void anOlderPositionChangesNothing() {
        var state = new SignalState(5_000, false);
        assertThat(state.afterFix(5_000, 6_000, POLICY)).isEqualTo(state);
        assertThat(state.afterFix(4_000, 6_000, POLICY)).isEqualTo(state);
    }

    @Test
    void thresholdsAreInOrder() {
        assertThatThrownBy(() -> new SignalPolicy(Duration.ofSeconds(61), Duration.ofSeconds(60)))
                .hasMessage("staleAfter: PT1M1S (expected: more than nothing, at most lostAfter)");
        assertThatThrownBy(() -> new SignalPolicy(Duration.ZERO, Duration.ofSeconds(60)))
                .hasMessageStartingWith("staleAfter: PT0S");
        assertThatThrownBy(() -> new SignalPolicy(Duration.ofSeconds(60), Duration.ofHours(2)))
                .hasMessageStartingWith("lostAfter: PT2H");
    }
}
