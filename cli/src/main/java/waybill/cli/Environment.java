package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Settings that are not given on the command line: from the environment, or else from a `.env` file.
record Environment(Map<String, String> variables, Path envFile) {

    /// The store's name.
    static final String STORE_ID = "STORE_ID";

    /// The token for a hub that requires one.
    static final String TOKEN = "WAYBILL_TOKEN";

    /// The port that `serve` listens on.
    static final String PORT = "PORT";

    /// The web origins whose pages may connect, separated by commas.
    static final String CLIENT_URL = "CLIENT_URL";

    /// The value of a setting. A name without a value is an error.
    Optional<String> require(String name) {
        var value = Optional.ofNullable(variables.get(name)).or(() -> fromFile(name));
        if (value.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    name + ": blank (expected: a value, or no " + name + " in the environment and in .env)");
        }
        return value.map(String::strip);
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
