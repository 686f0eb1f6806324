package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampTest {

    private static final String BEFORE = "6.927";

    @ParameterizedTest(name = "{0}, read at {1}")
    @CsvSource({
        "1_795_000_000_123_456, 1_795_000_000_123_456, 0",
        "1_795_000_000_123_456, 1_795_000_000_623_457, 500_001",
        "1_795_000_000_100_000, 1_795_000_000_100_007, 7", // zeros at the end, which are left out
        "1_795_000_000_000_000, 1_795_000_000_000_002, 2", // nothing but zeros
        "1_794_999_999_999_999, 1_795_000_000_000_001, 2", // all its digits come round
        "1_795_000_000_000_001, 1_795_000_999_000_001, 999_000_000"
    })
    void survivesAServerThatReadsItAsANumber(String due, String now, String age) {
        var latitude = Double.parseDouble(BEFORE + "%09d".formatted(number(due) % 1_000_000_000));
        var bytes = (latitude + ",\"longitude\":1").getBytes(US_ASCII);
        assertThat(Stamp.ageUs(bytes, BEFORE.length(), bytes.length, number(now)))
                .isEqualTo(number(age));
    }

    private static long number(String text) {
        return Long.parseLong(text.replace("_", ""));
    }
}
