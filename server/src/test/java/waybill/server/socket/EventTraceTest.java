package waybill.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"token":"s3cret","a":1}""", """
                [{"a":{"accessToken" : "s3\\"cret"}}]""", """
                {"pin":4711s3cret}""", """
                {"tokens":["s3cret","s3cret"],"a":1}""", """
                {"auth":{"a":{"b":"}s3cret"},"c":"s3cret"},"a":1}""", """
                {"password":"s3cret that is cut""", """
                {"note":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrYXJpIn0.s3cret"}""", """
                {"note":"see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrYXJpIn0.s3cret"}""", """
                ["Bearer s3cret"]""", """
                {"note":"https://hub.example/t/s3cretFirst"}"""})
    void aPayloadIsLoggedWithoutSecrets(String payload) {
        assertThat(EventTrace.excerpt(payload)).contains("[hidden]").doesNotContain("s3cret");
    }

    @Test
    void theRestOfAPayloadIsLogged() {
        var payload = """
                {"orderId":"1","pinned":true,"items":[{"product":"a, b","quantity":2}],"note":"{\\"x\\": 1}"}""";
        assertThat(EventTrace.excerpt(payload)).isEqualTo(payload);
        assertThat(EventTrace.excerpt("""
                {"orderId":"1","auth":{"token":"s3cret"},"note":"left at the door"}""")).isEqualTo("""
                {"orderId":"1","auth":"[hidden]","note":"left at the door"}""");
        assertThat(EventTrace.excerpt("x".repeat(900_000))).isEqualTo("x".repeat(500) + "… (900000 characters)");
    }
}
