package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The store's name where it is not given on the command line: `STORE_ID` in the environment, or else in a `.env` file.
final class StoreId {

    static final String NAME = "STORE_ID";

    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:export\\s+)?" + NAME + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^#\\s]*)).*");

    private StoreId() {}

    static Optional<String> from(Map<String, String> environment, Path envFile) {
        return Optional.ofNullable(environment.get(NAME))
                .or(() -> fromFile(envFile))
                .filter(name -> !name.isBlank());
    }

    private static Optional<String> fromFile(Path envFile) {
        if (!Files.isReadable(envFile)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(envFile)) {
            return lines.map(ASSIGNMENT::matcher)
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
