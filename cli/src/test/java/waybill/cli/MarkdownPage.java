package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of the documentation, whose code blocks are run by tests.
public record MarkdownPage(Path file, String text) {

    /// The folder of the project.
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK =
            Pattern.compile("^( *)```([^\n]*)\n(.*?)^\\1```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("^( *)```.*?^\\1```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final List<String> FOLDERS = List.of("docs", "examples", "clients");

    /// A fenced code block.
    ///
    /// @param info the line behind the fence: a language, and a name
    public record Block(String info, String code) {

        public String firstLine() {
            return code.lines().findFirst().orElse("");
        }
    }

    /// A page by its name from the project's folder, such as `docs/caps.md`.
    public static MarkdownPage of(String name) throws IOException {
        return of(ROOT.resolve(name));
    }

    private static MarkdownPage of(Path file) throws IOException {
        return new MarkdownPage(file, Files.readString(file));
    }

    /// All pages that users read: those of the documentation, and every README.
    public static List<MarkdownPage> all() throws IOException {
        var files = Stream.<Path>builder();
        try (var folder = Files.list(ROOT)) {
            folder.filter(file -> file.toString().endsWith(".md")).forEach(files);
        }
        try (var folder = Files.list(ROOT)) {
            folder.map(module -> module.resolve("README.md"))
                    .filter(Files::exists)
                    .forEach(files);
        }
        for (var folder : FOLDERS) {
            try (var tree = Files.walk(ROOT.resolve(folder))) {
                tree.filter(file -> file.toString().endsWith(".md")
                                && !file.toString().contains("node_modules"))
                        .forEach(files);
            }
        }
        var pages = Stream.<MarkdownPage>builder();
        for (var file : files.build().distinct().sorted().toList()) {
            pages.add(of(file));
        }
        return pages.build().toList();
    }

    /// Its name from the project's folder.
    public String name() {
        return ROOT.relativize(file).toString();
    }

    public List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(2).strip(), block.group(3)))
                .toList();
    }

    /// The code of the block that is named by its language and its name, such as `js customer.mjs`.
    public String block(String info) {
        var found = blocks().stream().filter(block -> block.info().equals(info)).toList();
        assertThat(found).as("the block `%s` of %s", info, name()).hasSize(1);
        return found.getFirst().code();
    }

    /// The text without its code blocks.
    public String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    @Override
    public String toString() {
        return name();
    }
}
