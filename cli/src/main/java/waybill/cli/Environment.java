package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is not given on the command line: it may be in the environment, or else in a `.env` file.
record Environment(Map<String, String> variables, Path envFile) {

    /// The store's name.
    static final String STORE_ID = "STORE_ID";

    /// A token for a hub that wants one.
    static final String TOKEN = "WAYBILL_TOKEN";

    /// The port that `serve` listens on.
    static final String PORT = "PORT";

    /// The web origins whose pages may connect, separated by commas.
    static final String CLIENT_URL = "CLIENT_URL";

    /// The value of a setting. A name that stands there without a value is a mistake, and refused.
    Optional<String> require(String name) {
        var said = Optional.ofNullable(variables.get(name)).or(() -> fromFile(name));
        if (said.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    name + ": blank (expected: a value, or no " + name + " in the environment and in .env)");
        }
        return said.map(String::strip);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).or(() -> fromFile(name)).filter(value -> !value.isBlank());
    }

    private Optional<String> fromFile(String name) {
        if (!Files.isReadable(envFile)) {
            return Optional.empty();
        }
        var assignment =
                Pattern.compile("\\s*(?:export\\s+)?" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^#\\s]*)).*");
        try (var lines = Files.lines(envFile)) {
            return lines.map(assignment::matcher)
                    .filter(match -> match.matches())
                    .map(match -> match.group(1) != null
                            ? match.group(1)
                            : match.group(2) != null ? match.group(2) : match.group(3))
                    .findFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
