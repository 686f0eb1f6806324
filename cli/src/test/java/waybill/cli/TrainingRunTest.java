package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The launcher throws away what a training run prints, so a hub that clients of a dialect cannot enter must show here.
@Timeout(120)
class TrainingRunTest {

    @Test
    void playsItsOrdersAndEnds() {
        assertThat(Main.commandLine().execute("train", "--orders", "2")).isZero();
    }

    @Test
    void isNotOfferedToUsers() {
        assertThat(Main.commandLine().getUsageMessage()).contains("serve").doesNotContain("train");
    }
}
