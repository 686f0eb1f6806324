package waybill.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static waybill.eta.EtaSamples.MINUTE;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import waybill.eta.DelayRule.Change;

class DelayRuleTest {

    private final DelayRule rule = DelayRule.openAfter(Duration.ofMinutes(5));

    @Test
    void betweenOpeningAndClosingNothingChanges() {
        assertThat(rule.wanted(0, 4 * MINUTE, false)).isNull();
        assertThat(rule.wanted(0, 5 * MINUTE, false)).isEqualTo(Change.OPEN);
        assertThat(rule.wanted(0, 5 * MINUTE, true)).isNull();
        assertThat(rule.wanted(0, 2 * MINUTE, true)).isNull();
        assertThat(rule.wanted(0, MINUTE, true)).isEqualTo(Change.CLOSE);
        assertThat(rule.wanted(0, MINUTE, false)).isNull();
    }

    @Test
    void anAlertThatWouldCloseAtOnceIsNoRule() {
        var minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DelayRule(minute, minute, minute, minute))
                .withMessageContaining("closeWithin: PT1M");
    }
}
