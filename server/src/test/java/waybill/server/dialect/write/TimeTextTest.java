package waybill.server.dialect.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2026-02-28T23:59:59.007Z",
                "2028-02-29T12:00:00.0709999Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00.1Z",
                "-0001-06-01T00:00:00.010Z"
            })
    void aTimeIsWrittenWithMilliseconds(String time) {
        var instant = Instant.parse(time);
        assertThat(text(instant)).isEqualTo(MILLIS.format(instant));
    }

    @Test
    void secondsThatShareASlotAreToldApart() {
        var first = Instant.parse("2026-12-01T10:00:00.500Z");
        for (var minute = 0; minute < 64; minute++) {
            var later = first.plusSeconds(minute * 64L);
            assertThat(text(later)).isEqualTo(MILLIS.format(later));
            assertThat(text(first)).isEqualTo("2026-12-01T10:00:00.500Z");
        }
    }

    @Test
    void anyTimeIsWrittenAsTheFormatterDoes() {
        new Random(1).longs(1_000, -62_000_000_000_000L, 300_000_000_000_000L).forEach(epochMs -> {
            var instant = Instant.ofEpochMilli(epochMs);
            assertThat(text(instant)).isEqualTo(MILLIS.format(instant));
        });
    }

    private static String text(Instant time) {
        var text = new StringBuilder("at ");
        TimeText.append(time, text);
        return text.substring("at ".length());
    }
}
