package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What holds for all pages of the documentation: links and anchors have targets, no page is an orphan, and the
/// commands and options that they name exist.
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile(
            "(?:^|[ (])(?:\\./)?waybill (?=[a-z][a-z-]*(?: |$))((?:'[^']*'|\"[^\"]*\"|[^\n#;&|>()'\"])*)",
            Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]+");

    private static final Set<String> OF_THE_LAUNCHER = Set.of("test", "build", "bench", "package");

    /// Options of programs that are not the hub's commands, on the pages that show how to use them.
    private static final Set<String> OPTIONS_OF_OTHERS = Set.of(
            "--data-binary", // curl
            "--exclude", // aws s3 sync
            "--file", // pg_dump
            "--format",
            "--bbox", // osmium
            "--check", // sha256sum
            "--import", // gpg
            "--verify",
            "--install", // dpkg
            "--purge",
            "--sign-key", // ./waybill package
            "--exclude-schema", // pg_dump
            "--scenarios", // ./waybill bench
            "--template", // npm create vite
            "--install-links"); // npm install

    /// Pages about the build and its own programs, which have options of their own.
    private static final Set<String> PAGES_ABOUT_THE_BUILD =
            Set.of("CONTRIBUTING.md", "bench/README.md", "docs/architecture.md", "CHANGELOG.md", "socketio/README.md");

    static List<MarkdownPage> pages() throws IOException {
        return MarkdownPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkHasATarget(MarkdownPage page) throws IOException {
        var dead = new TreeSet<String>();
        for (var link : links(page)) {
            var target = link.group(1).isEmpty() ? page.file() : page.file().resolveSibling(link.group(1));
            var anchor = link.group(2);
            if (!Files.exists(target)) {
                dead.add(link.group());
            } else if (anchor != null
                    && target.toString().endsWith(".md")
                    && !anchors(Files.readString(target)).contains(anchor)) {
                dead.add(link.group() + ": no such heading");
            }
        }
        assertThat(dead).as("dead links of %s", page).isEmpty();
    }

    @Test
    void theIndexListsEveryPageOfTheFolder() throws IOException {
        var index = MarkdownPage.of("docs/README.md");
        var linked = targets(index);
        var pages = pages().stream()
                .map(MarkdownPage::file)
                .filter(file -> file.startsWith(MarkdownPage.ROOT.resolve("docs")))
                .filter(file -> !file.equals(index.file()))
                .toList();
        assertThat(pages).allSatisfy(page -> assertThat(linked).contains(page));
    }

    @Test
    void everyReaderFindsEveryPageFromTheReadme() throws IOException {
        var found = new LinkedHashSet<Path>();
        var all = pages().stream().collect(Collectors.toMap(MarkdownPage::file, page -> page));
        collect(MarkdownPage.of("README.md"), all, found);
        assertThat(all.keySet()).allSatisfy(page -> assertThat(found).contains(page));
    }

    private static void collect(MarkdownPage page, Map<Path, MarkdownPage> all, Set<Path> found) throws IOException {
        if (found.add(page.file())) {
            for (var target : targets(page)) {
                var next = all.get(target);
                if (next != null) {
                    collect(next, all, found);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsValid(MarkdownPage page) {
        assertThat(rejectedCommands(page)).as("of %s", page).isEmpty();
    }

    @Test
    void everyOptionExists() throws IOException {
        var options = options(Main.commandLine()).collect(Collectors.toSet());
        options.addAll(OPTIONS_OF_OTHERS);
        var unknown = new TreeSet<String>();
        for (var page : pages()) {
            if (!PAGES_ABOUT_THE_BUILD.contains(page.name()) && !page.name().contains("adr/")) {
                OPTION.matcher(page.text())
                        .results()
                        .map(MatchResult::group)
                        .filter(option -> !options.contains(option))
                        .forEach(option -> unknown.add(page + ": " + option));
            }
        }
        assertThat(unknown).isEmpty();
    }

    /// What the command line answers to the commands in the code of a page that it rejects.
    private static List<String> rejectedCommands(MarkdownPage page) {
        var fenced = page.blocks().stream().map(block -> oneLineEach(block.code()));
        var indented = oneLineEach(page.prose()).lines().filter(line -> line.startsWith("    "));
        return Stream.concat(fenced, indented)
                .flatMap(code -> COMMAND.matcher(code).results())
                .flatMap(command -> rejection(command.group(1)).stream())
                .toList();
    }

    private static String oneLineEach(String commands) {
        return commands.replace("\\\n", " ");
    }

    private static Optional<String> rejection(String command) {
        var words = WORD.matcher(command)
                .results()
                .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                .toArray(String[]::new);
        if (OF_THE_LAUNCHER.contains(words[0])) {
            return Optional.empty();
        }
        try {
            Main.commandLine().parseArgs(words);
            return Optional.empty();
        } catch (CommandLine.ParameterException e) {
            return Optional.of(command + ": " + e.getMessage());
        }
    }

    private static Stream<String> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names())),
                command.getSubcommands().values().stream().flatMap(DocumentationTest::options));
    }

    private static List<MatchResult> links(MarkdownPage page) {
        return LINK.matcher(CODE_SPAN.matcher(page.prose()).replaceAll("x"))
                .results()
                .toList();
    }

    private static Set<Path> targets(MarkdownPage page) {
        return links(page).stream()
                .map(link -> page.file().resolveSibling(link.group(1)).normalize())
                .map(target -> Files.isDirectory(target) ? target.resolve("README.md") : target)
                .collect(Collectors.toSet());
    }

    /// The anchors of a page's headings, as GitHub makes them.
    private static Set<String> anchors(String text) {
        var anchors = new LinkedHashSet<String>();
        HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .forEach(name -> {
                    for (int i = 0; !anchors.add(i == 0 ? name : name + '-' + i); i++) {}
                });
        return anchors;
    }
}
