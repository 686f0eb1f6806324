package waybill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.DatabaseConfig;

/// The options of the database.
final class DatabaseOptions {

    private static final String URL = "WAYBILL_DATABASE";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "the PostgreSQL database of orders and messages, such as postgresql://hub@db:5432/waybill;"
                    + " " + URL + " may hold the password as well (default: " + URL + ", or else the data directory)")
    private @Nullable String url;

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "file with the password of the user of the database (default: that of " + URL + ")")
    private @Nullable Path passwordFile;

    DatabaseConfig config(Map<String, String> environment) {
        if (url != null && DatabaseConfig.hasPassword(url)) {
            throw new IllegalArgumentException("database: with a password, which other users of this machine can see"
                    + " (expected: " + URL + " or --database-password-file)");
        }
        var address = SigningOptions.optionOrVariable(url, environment, URL);
        if (address.isEmpty()) {
            if (passwordFile != null) {
                throw new IllegalArgumentException(
                        "database: missing beside --database-password-file (expected: the URL" + " of a database)");
            }
            return DatabaseConfig.defaults();
        }
        return new DatabaseConfig(address, Optional.ofNullable(passwordFile).map(DatabaseOptions::password));
    }

    boolean isUsed(Map<String, String> environment) {
        return config(environment).url().isPresent();
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    "database-password-file: " + file + " cannot be read (expected: a file that holds the password)");
        }
    }
}
