package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void okIsDone() {
        assertThat(Answer.of(new JSONObject("{'ok':true}"))).isEqualTo(new Answer.Done(false));
        assertThat(Answer.of(new JSONObject("{'ok':true,'duplicate':true}"))).isEqualTo(new Answer.Done(true));
    }

    @Test
    void aHubThatAnswersWithoutAWordHasDoneIt() {
        assertThat(Answer.of(null)).isEqualTo(new Answer.Done(false));
        assertThat(Answer.of("ok")).isEqualTo(new Answer.Done(false));
    }

    @Test
    void aRefusalSaysWhyAndWhenToComeBack() {
        assertThat(Answer.of(new JSONObject(
                        "{'ok':false,'error':{'code':'rate_limited','message':'slow','retryAfterMs':250}}")))
                .isEqualTo(new Answer.Refused("rate_limited", "slow", Duration.ofMillis(250)));
        assertThat(Answer.of(new JSONObject("{'ok':false}")))
                .isEqualTo(new Answer.Refused("unknown", "", Answer.RETRY_AFTER));
    }
}
