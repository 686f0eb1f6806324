package waybill.server.dialect.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "2026-01-31T12:00:00Z,                    2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00.000Z,                2026-01-31T12:00:00Z",
                "2026-01-31T12:00Z,                       2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00,                     2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00.1,                   2026-01-31T12:00:00.100Z",
                "2026-01-31T12:00:00.123456,              2026-01-31T12:00:00.123Z",
                "2026-01-31T12:00:00.123456789Z,          2026-01-31T12:00:00.123Z",
                "\"2026-01-31T12:00:00,5Z\",              2026-01-31T12:00:00.500Z",
                "2026-01-31 12:00:00,                     2026-01-31T12:00:00Z",
                "2026-01-31 12:00:00.25+00,               2026-01-31T12:00:00.250Z",
                "2026-01-31 14:00:00 +0200,               2026-01-31T12:00:00Z",
                "2026-01-31t12:00:00z,                    2026-01-31T12:00:00Z",
                "2026-01-31T13:00:00+01:00,               2026-01-31T12:00:00Z",
                "2026-01-31T06:30:00-05:30,               2026-01-31T12:00:00Z",
                "2026-02-01T00:30:00+12:30,               2026-01-31T12:00:00Z",
                "2026-01-31T13:00+01:00[Europe/Oslo],     2026-01-31T12:00:00Z",
                "2024-02-29T23:59:59.999Z,                2024-02-29T23:59:59.999Z",
                "1970-01-01T00:00:00Z,                    1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z,                9999-12-31T23:59:59.999Z",
                "1769860800123,                           2026-01-31T12:00:00.123Z",
                "1769860800,                              2026-01-31T12:00:00Z",
                "1769860800.123,                          2026-01-31T12:00:00.123Z",
                "0,                                       1970-01-01T00:00:00Z"
            })
    void whatCommonLibrariesWriteIsUnderstood(String text, Instant meant) {
        assertThat(Timestamps.parse(text)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "1.2.3",
                "-1",
                "now",
                "2026-01-31",
                "2026-01-31T",
                "2026-01-31T12",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-02-30T12:00:00Z",
                "2025-02-29T12:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2026-01-31T12:00:60Z",
                "2026-01-31T12:00:00.Z",
                "2026-01-31T12:00:00+19:00",
                "2026-01-31T12:00:00+1",
                "2026-01-31T12:00:00Z[",
                "2026-01-31T12:00:00Zulu",
                "2026-01-31T12:00:00Z tail",
                "1969-12-31T23:59:59Z",
                "10000-01-01T00:00:00Z",
                "999999999999999999999999999999",
                "1769860800123000",
                "٢٠٢٦-01-31T12:00:00Z"
            })
    void whatIsNoTimeIsNotUnderstood(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @Test
    void numbersAreSecondsOrMilliseconds() {
        var noon = Instant.parse("2026-01-31T12:00:00.123Z");
        assertThat(Timestamps.parse(1_769_860_800_123.0)).contains(noon);
        assertThat(Timestamps.parse(1_769_860_800.123)).contains(noon);
        assertThat(Timestamps.parse(-1)).isEmpty();
        assertThat(Timestamps.parse(Double.NaN)).isEmpty();
        assertThat(Timestamps.parse(Double.POSITIVE_INFINITY)).isEmpty();
        assertThat(Timestamps.parse(1e300)).isEmpty();
    }

    @Test
    void timesTooOldOrInTheFutureAreImplausible() {
        var now = Instant.parse("2026-01-31T12:00:00Z");
        assertThat(Timestamps.implausible("occurredAt", now, now)).isEmpty();
        assertThat(Timestamps.implausible("occurredAt", now.plusSeconds(60), now))
                .isEmpty();
        assertThat(Timestamps.implausible("occurredAt", now.minus(Timestamps.AGE_MAX), now))
                .isEmpty();
        assertThat(Timestamps.implausible("occurredAt", now.plusSeconds(61), now))
                .isPresent();
        assertThat(Timestamps.implausible("occurredAt", Instant.parse("1966-12-14T00:00:00Z"), now))
                .hasValueSatisfying(message -> assertThat(message).startsWith("occurredAt: 1966-12-14T00:00:00Z"));
    }
}
