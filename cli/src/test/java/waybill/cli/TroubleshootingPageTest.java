package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import waybill.hub.refusal.ErrorCode;

/// The symptoms on the page about troubleshooting are texts of the code, and none of its error codes is missing.
class TroubleshootingPageTest {

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern PARTS_THAT_VARY = Pattern.compile("…|\\d+|, ");
    private static final Pattern JOINED_LITERALS = Pattern.compile("\"\\s*\\+\\s*\"|\"\\)\\s*\\+\\s*\"");

    @Test
    void everySymptomIsATextOfTheCode() throws IOException {
        var code = code();
        var unknown = new TreeSet<String>();
        MarkdownPage.of("docs/troubleshooting.md")
                .text()
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(symptom -> CODE_SPAN.matcher(symptom).results())
                .map((MatchResult span) -> span.group(1))
                .flatMap(PARTS_THAT_VARY::splitAsStream)
                .map(part -> part.replaceAll("^[: ]+|[: ]+$", ""))
                .filter(part -> !part.isEmpty() && !isIn(code, part))
                .forEach(unknown::add);
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyErrorCodeIsExplained() throws IOException {
        var page = MarkdownPage.of("docs/troubleshooting.md").text();
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName))
                .allSatisfy(code -> assertThat(page).contains('`' + code + '`'));
    }

    /// The name of a metric has dots in the code, that of a reason is a constant.
    private static boolean isIn(String code, String part) {
        return code.contains(part)
                || code.contains(part.replace('_', '.'))
                || code.contains(part.toUpperCase(Locale.ROOT));
    }

    private static String code() throws IOException {
        var code = new StringBuilder();
        try (var modules = Files.newDirectoryStream(MarkdownPage.ROOT, Files::isDirectory)) {
            for (var module : modules) {
                var sources = module.resolve("src/main");
                if (Files.isDirectory(sources)) {
                    try (var files = Files.walk(sources)) {
                        for (var file : files.filter(name -> name.toString().matches(".*\\.(java|yaml)"))
                                .toList()) {
                            code.append(Files.readString(file));
                        }
                    }
                }
            }
        }
        return JOINED_LITERALS.matcher(code).replaceAll("");
    }
}
