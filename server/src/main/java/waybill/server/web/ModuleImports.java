package waybill.server.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the modules that a script imports, directly and through others, so that a page can name them all: a browser
/// then fetches them at once, and not one level after the other.
final class ModuleImports {

    /// `import … from 'name'`, also minified. Modules that are loaded later (`import('name')`) are left out.
    private static final Pattern IMPORT =
            Pattern.compile("\\b(?:import|export)\\b[^;'\"]*?from\\s*['\"]([^'\"]+)['\"]");

    private final Map<String, String> fileByName;

    /// @param fileByName the files of the bare names that scripts import
    ModuleImports(Map<String, String> fileByName) {
        this.fileByName = fileByName;
    }

    /// The files of a script and of all that it imports.
    Set<String> of(String script) {
        var found = new LinkedHashSet<>(List.of(script));
        var open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            var file = open.removeFirst();
            var text = new String(WebFiles.read(file), StandardCharsets.UTF_8);
            IMPORT.matcher(text)
                    .results()
                    .flatMap(match -> fileOf(match.group(1), file).stream())
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }

    private Optional<String> fileOf(String name, String importer) {
        return name.startsWith("./")
                ? Optional.of(importer.substring(0, importer.lastIndexOf('/') + 1) + name.substring(2))
                : Optional.ofNullable(fileByName.get(name));
    }

    /// The lines of a page that name the modules of a script.
    String preloads(String script) {
        return of(script).stream()
                .map(file -> "<link rel=\"modulepreload\" href=\"" + WebFiles.pathOf(file) + "\">")
                .collect(Collectors.joining("\n    "));
    }
}
