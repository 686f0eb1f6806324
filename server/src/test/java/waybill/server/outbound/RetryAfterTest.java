package waybill.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-06T08:49:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                                | PT0S
            120                              | PT2M
            Fri, 06 Nov 2026 08:49:37 GMT    | PT37S
            Friday, 06-Nov-26 08:49:37 GMT   | PT37S
            Fri Nov  6 08:49:37 2026         | PT37S
            Sun, 06 Nov 1994 08:49:37 GMT    | PT0S
            Sunday, 06-Nov-94 08:49:37 GMT   | PT0S
            Sun Nov  6 08:49:37 1994         | PT0S
            """)
    void secondsAndTheThreeFormsOfADateAreRead(String header, Duration expected) {
        assertThat(RetryAfter.parse(header, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "Fri, 06 Nov 2026", "Fri, 32 Nov 2026 08:49:37 GMT"})
    void whatIsNeitherIsIgnored(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
