package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectionLogTest {

    private final RejectionLog log = new RejectionLog();

    @Test
    void theFirstRejectionIsLoggedAtOnceAndOthersTogether() {
        assertThat(log.add("/realtime from 1.1.1.1", "unauthenticated", "token: expired", 0))
                .contains("{unauthenticated=1}, the newest /realtime from 1.1.1.1: token: expired");
        for (var i = 0; i < 1_000; i++) {
            assertThat(log.add("/ from 2.2.2.2", "rate_limited", "too many", 5_000))
                    .isEmpty();
        }
        assertThat(log.add("/ from 3.3.3.3", "forbidden", "role", 9_999)).isEmpty();
        assertThat(log.due(10_000)).contains("{forbidden=1, rate_limited=1000}, the newest / from 3.3.3.3: role");
        assertThat(log.due(30_000)).isEmpty();
    }

    @Test
    void aClientCannotForgeALogLine() {
        assertThat(log.add("/ from 1.1.1.1", "forbidden", "role: x\n2026 ERROR\u001b[31m", 0)
                        .orElseThrow())
                .doesNotContain("\n", "\u001b");
    }
}
