package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The launcher discards the output of a training run, so a dialect in which clients cannot connect must fail here.
@Timeout(120)
class TrainingRunTest {

    @Test
    void aTrainingRunCompletesItsOrders() {
        assertThat(Main.commandLine().execute("train", "--orders", "2")).isZero();
    }

    @Test
    void theTrainingCommandIsHidden() {
        assertThat(Main.commandLine().getUsageMessage()).contains("serve").doesNotContain("train");
    }
}
