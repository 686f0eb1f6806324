package waybill.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokenTest {

    @Test
    void aGeneratedTokenIsReadBackAndDiffersFromOthers() {
        var random = new Random(7);
        var tokens =
                Stream.generate(() -> LinkToken.generate(random)).limit(1_000).collect(Collectors.toSet());
        assertThat(tokens)
                .hasSize(1_000)
                .allMatch(token ->
                        LinkToken.parse(token.value()).filter(token::equals).isPresent());
        assertThat(tokens.stream().map(LinkToken::hash).distinct()).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "abcdefghijklmnopqrstuvw",
                "abcdefghijklmnopqrstuvwxy",
                "abcdefghijklmnopqrstuv==",
                "abcdefghijklmnopqrstuv w",
                "ábcdefghijklmnopqrstuvwx"
            })
    void whatCannotBeATokenIsNone(String text) {
        assertThat(LinkToken.parse(text)).isEmpty();
        assertThatThrownBy(() -> new LinkToken(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 24 of base64url");
    }

    @Test
    void aTokenIsNotInItsText() {
        assertThat(new LinkToken("abcdefghijklmnopqrstuvwx")).hasToString("LinkToken");
    }

    @Test
    void theHashIsThatOfSha256() {
        assertThat(new LinkToken("abcdefghijklmnopqrstuvwx").hash())
                .isEqualTo("93b0cabf8668e0c534c52a568957499e12a284f59d97dc9b2725ef836804875b");
    }
}
