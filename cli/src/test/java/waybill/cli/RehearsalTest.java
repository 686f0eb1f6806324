package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The launcher throws away what a rehearsal says, so a hub that clients of a dialect cannot enter must show here.
@Timeout(120)
class RehearsalTest {

    @Test
    void playsItsOrdersAndEnds() {
        assertThat(Main.commandLine().execute("rehearse", "--orders", "2")).isZero();
    }

    @Test
    void isNotOfferedToUsers() {
        assertThat(Main.commandLine().getUsageMessage()).contains("serve").doesNotContain("rehearse");
    }
}
