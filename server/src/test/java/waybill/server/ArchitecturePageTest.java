package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Compares the table "Where to look" of `docs/architecture.md` with the packages of every module.
class ArchitecturePageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern PACKAGE = Pattern.compile("`(waybill(?:\\.[a-z]+)+)");

    @Test
    void theTableNamesEveryPackage() throws IOException {
        var page = Files.readString(ROOT.resolve("docs").resolve("architecture.md"));
        var table = page.substring(page.indexOf("## Where to look"), page.indexOf("## The two paths"));
        var named = new TreeSet<String>();
        PACKAGE.matcher(table).results().forEach(name -> named.add(name.group(1)));
        assertThat(packages()).hasSizeGreaterThan(40);
        assertThat(named).isEqualTo(packages());
    }

    private static Set<String> packages() throws IOException {
        var packages = new TreeSet<String>();
        try (var modules = Files.list(ROOT)) {
            for (var module : modules.toList()) {
                addPackages(module.resolve(SOURCES), packages);
            }
        }
        return packages;
    }

    private static void addPackages(Path sources, Set<String> packages) throws IOException {
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (var files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()))
                    .map(directory -> directory.toString().replace(File.separatorChar, '.'))
                    .filter(name -> name.startsWith("waybill"))
                    .forEach(packages::add);
        }
    }
}
