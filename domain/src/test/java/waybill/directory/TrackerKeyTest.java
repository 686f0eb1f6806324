package waybill.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerKeyTest {

    private static final TrackerKey KEY = new TrackerKey("01abcdefghjkmnpqrstvwxyz23");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01abcdefghjkmnpqrstvwxyz23",
                " 01ABCDEFGHJKMNPQRSTVWXYZ23\n",
                "O1abcd-efghjk-mnpqrs-tvwxyz-23",
                "0I abcd efgh jkmn pqrs tvwx yz23",
                "olabcdefghjkmnpqrstvwxyz23"
            })
    void aKeyIsUnderstoodAsAUserEntersIt(String text) {
        assertThat(TrackerKey.parse(text)).contains(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "48241179", "01abcdefghjkmnpqrstvwxyz2", "01abcdefghjkmnpqrstvwxyz2u", "{0}"})
    void whatCannotBeAKeyIsNone(String text) {
        assertThat(TrackerKey.parse(text)).isEmpty();
        assertThat(TrackerKey.parse("0".repeat(1 << 20))).isEmpty();
    }

    @Test
    void aGeneratedKeyIsReadBackAndDiffersFromOthers() {
        var random = new Random(7);
        var keys =
                Stream.generate(() -> TrackerKey.generate(random)).limit(1_000).collect(Collectors.toSet());
        assertThat(keys)
                .hasSize(1_000)
                .allSatisfy(key -> assertThat(TrackerKey.parse(key.value())).contains(key));
    }

    @Test
    void neitherItsHashNorItsTextShowsTheKey() {
        assertThat(KEY.hash()).hasSize(64).isNotEqualTo(new TrackerKey("0".repeat(26)).hash());
        assertThat(KEY).hasToString("TrackerKey");
        assertThatThrownBy(() -> new TrackerKey("secret")).hasMessageNotContaining("secret");
    }
}
