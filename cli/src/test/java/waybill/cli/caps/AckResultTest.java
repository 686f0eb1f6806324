package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class AckResultTest {

    @Test
    void okIsAccepted() {
        assertThat(AckResult.of(new JSONObject("{'ok':true}"))).isEqualTo(new AckResult.Accepted(false));
        assertThat(AckResult.of(new JSONObject("{'ok':true,'duplicate':true}")))
                .isEqualTo(new AckResult.Accepted(true));
    }

    @Test
    void anAckWithoutAnArgumentIsAccepted() {
        assertThat(AckResult.of(null)).isEqualTo(new AckResult.Accepted(false));
        assertThat(AckResult.of("ok")).isEqualTo(new AckResult.Accepted(false));
    }

    @Test
    void aRejectionHasItsReasonAndRetryAfter() {
        assertThat(AckResult.of(new JSONObject(
                        "{'ok':false,'error':{'code':'rate_limited','message':'slow','retryAfterMs':250}}")))
                .isEqualTo(new AckResult.Rejected("rate_limited", "slow", Duration.ofMillis(250)));
        assertThat(AckResult.of(new JSONObject("{'ok':false}")))
                .isEqualTo(new AckResult.Rejected("unknown", "", AckResult.RETRY_AFTER));
    }
}
