package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads the tokens of the manual's page about identity, and compares their users with the page.
class DocumentedTokensTest {

    private static final Path PAGE = Path.of("../docs/identity.md");
    private static final Pattern BLOCK = Pattern.compile("^```claims\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) (\\S+) (\\{.*}) => (.*)");

    /// A line of the page.
    record Example(ClaimNames names, String token, String principal) {

        static Example of(String line) {
            var match = LINE.matcher(line);
            assertThat(match.matches()).as(line).isTrue();
            return new Example(
                    new ClaimNames(match.group(1), match.group(2), "name", "phone", match.group(3), "email", "locale"),
                    match.group(4),
                    match.group(5));
        }
    }

    static Stream<Example> examples() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .flatMap(String::lines)
                .map(Example::of);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theDocumentedTokenHasTheDocumentedUser(Example example) throws ParseException {
        assertThat(describe(new PrincipalMapper(example.names()), JSONObjectUtils.parse(example.token())))
                .isEqualTo(example.principal());
    }

    private static String describe(PrincipalMapper claims, Map<String, Object> said) {
        try {
            var who = claims.principal(said);
            return who.role().wireName() + " " + who.id()
                    + who.store().map(store -> " of " + store).orElse("");
        } catch (TokenRejected e) {
            return e.rejected.message();
        }
    }
}
