package waybill.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTraceTest {

    @Test
    void aNameIsOneShortLineThatATerminalDoesNotObey() {
        assertThat(EventTrace.name("in-transit")).isEqualTo("in-transit");
        assertThat(EventTrace.name("foo\n2026-11-29 INFO  Hub: forged")).isEqualTo("foo 2026-11-29 INFO  Hub: forged");
        assertThat(EventTrace.name("\u001b[31mred\u009b\u202e\u2028\u0000"))
                .isEqualTo("\\u001b[31mred\\u009b\\u202e\\u2028\\u0000");
        assertThat(EventTrace.name("æøå 😀")).isEqualTo("æøå 😀");
        assertThat(EventTrace.name("x".repeat(900_000))).isEqualTo("x".repeat(EventTrace.NAME_MAX) + "…");
    }

    @Test
    void rejectedEventsAreLoggedPeriodicallyWithTheirCount() {
        var refused = new EventTrace.RejectionCounter();
        assertThat(refused.add(1_000)).isEqualTo(1);
        for (var i = 0; i < 500; i++) {
            assertThat(refused.add(1_001 + i)).isZero();
        }
        assertThat(refused.add(1_000 + EventTrace.REJECTED_EVERY_MS)).isEqualTo(501);
        assertThat(refused.add(2_000)).as("a clock that goes back").isEqualTo(1);
    }
}
