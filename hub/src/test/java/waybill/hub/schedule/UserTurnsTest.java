package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserTurnsTest {

    private final List<String> run = new ArrayList<>();
    private final UserTurns turns = new UserTurns(3, 2, 4);

    private boolean await(String user, String turn) {
        return turns.await(user, () -> run.add(turn));
    }

    @Test
    void oneUserHasFewTurnsAtATime() {
        await("kari", "k1");
        await("kari", "k2");
        await("kari", "k3");
        await("ola", "o1");
        assertThat(run).containsExactly("k1", "k2", "o1");
        turns.end("ola");
        assertThat(run).as("kari has two").hasSize(3);
        turns.end("kari");
        assertThat(run).containsExactly("k1", "k2", "o1", "k3");
    }

    @Test
    void allTogetherHaveFewTurnsAtATime() {
        for (var user : List.of("kari", "ola", "per", "liv")) {
            await(user, user);
        }
        assertThat(run).containsExactly("kari", "ola", "per");
        turns.end("per");
        assertThat(run).endsWith("per", "liv");
    }

    /// A user whose turn ends waits behind the users that wait already.
    @Test
    void usersTakeTurns() {
        var single = new UserTurns(1, 1, 10);
        single.await("kari", () -> run.add("k1"));
        single.await("kari", () -> run.add("k2"));
        single.await("ola", () -> run.add("o1"));
        single.endAndAwait("kari", () -> run.add("k1, next"));
        single.endAndAwait("ola", () -> run.add("o1, next"));
        single.end("kari");
        single.end("ola");
        single.end("kari");
        assertThat(run).containsExactly("k1", "o1", "k2", "o1, next", "k1, next");
    }

    @Test
    void oneMoreThanMayWaitIsRefused() {
        for (var i = 0; i < 2; i++) {
            assertThat(await("kari", "turn")).isTrue();
        }
        for (var i = 0; i < 4; i++) {
            assertThat(await("kari", "waits")).isTrue();
        }
        assertThat(await("kari", "refused")).isFalse();
        assertThat(await("ola", "refused")).isFalse();
        turns.endAndAwait("kari", () -> run.add("goes on"));
        assertThat(await("ola", "refused")).as("what goes on waits in any case").isFalse();
        for (var i = 0; i < 6; i++) {
            turns.end("kari");
        }
        assertThat(run).containsExactly("turn", "turn", "waits", "waits", "waits", "waits", "goes on");
        assertThat(await("ola", "o1")).isTrue();
    }
}
