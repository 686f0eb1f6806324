package waybill.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files of the pages, as they lie in the source.
class WebFilesTest {

    private static final Path WEB = Path.of("src/main/resources/waybill/web");
    private static final Path CLIENT = Path.of("../clients/javascript/src");

    /// File and hash of a row of VENDOR.md.
    private static final Pattern VENDORED = Pattern.compile("\\| `([^`]+)` \\| `[^`]+`[^|]*\\| `([0-9a-f]{64})` \\|");

    private static List<String> list(Path folder, String prefix) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> prefix + folder.relativize(file))
                    .toList();
        }
    }

    private static Stream<String> lines(String list) {
        try {
            return Files.readAllLines(WEB.resolve(list)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theListsNameEveryFileOfThePages() throws IOException {
        var files = Stream.of(
                        list(WEB.resolve("app"), "app/"),
                        list(WEB.resolve("vendor"), "vendor/"),
                        list(CLIENT, "waybill/"))
                .flatMap(List::stream)
                .filter(name -> !name.endsWith(".md") && !name.endsWith(".d.ts") && !name.endsWith("LICENSE.txt"));
        var listed = Stream.of("files.txt", "admin-ui.txt").flatMap(WebFilesTest::lines);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(files.toList());
    }

    @Test
    void everyLibraryIsTheOneThatWasFetched() throws IOException {
        var page = Files.readString(WEB.resolve("vendor/VENDOR.md"));
        var rows = VENDORED.matcher(page).results().toList();
        var named = rows.stream().map(row -> row.group(1)).toList();
        for (var row : rows) {
            var content = Files.readAllBytes(WEB.resolve("vendor").resolve(row.group(1)));
            assertThat(WebFile.sha256(content)).as(row.group(1)).isEqualTo(row.group(2));
            var folder = row.group(1).substring(0, row.group(1).indexOf('/'));
            assertThat(WEB.resolve("vendor").resolve(folder).resolve("LICENSE.txt"))
                    .exists();
        }
        assertThat(list(WEB.resolve("vendor"), ""))
                .filteredOn(name -> !name.endsWith("LICENSE.txt") && !name.equals("VENDOR.md"))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void noFileLoadsFromAnotherOrigin() throws IOException {
        var external = Pattern.compile("(?:from|import\\(|src=|href=|url\\()\\s*['\"]?https?://");
        for (var name : Files.readAllLines(WEB.resolve("files.txt"))) {
            if (name.startsWith("app/")) {
                var text = Files.readString(WEB.resolve(name), StandardCharsets.UTF_8);
                assertThat(external.matcher(text).find()).as(name).isFalse();
            }
        }
    }

    @Test
    void everyIconIsDrawnAndEveryDrawnOneIsThere() throws IOException {
        var sprite = Files.readString(WEB.resolve("vendor/lucide-static-1.62.0/icons.svg"));
        var icons = Pattern.compile("<symbol id=\"([^\"]+)\"")
                .matcher(sprite)
                .results()
                .map(symbol -> symbol.group(1))
                .toList();
        var drawn = Pattern.compile("\\$\\{Icon} name=\"([^\"]+)\"|icon(?:: '|=\")([^'\"]+)['\"]");
        var literal = Pattern.compile("['\"]([a-z0-9-]+)['\"]");
        var literals = new HashSet<String>();
        for (var name : Files.readAllLines(WEB.resolve("files.txt"))) {
            if (name.startsWith("app/") && name.endsWith(".js")) {
                var text = Files.readString(WEB.resolve(name));
                literal.matcher(text).results().forEach(match -> literals.add(match.group(1)));
                assertThat(drawn.matcher(text)
                                .results()
                                .map(match -> match.group(1) == null ? match.group(2) : match.group(1)))
                        .as(name)
                        .isSubsetOf(icons);
            }
        }
        assertThat(icons).hasSize(40).isSubsetOf(literals);
    }
}
