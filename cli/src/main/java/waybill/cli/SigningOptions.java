package waybill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.identity.Secret;

/// The secret, issuer and audience of tokens, from the command line or else from the environment.
final class SigningOptions {

    static final String SECRET = "WAYBILL_JWT_SECRET";

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description = "file with the secret that tokens are signed with (default: the secret in " + SECRET
                    + ", or else that of development mode)")
    private @Nullable Path secretFile;

    @Option(
            names = "--issuer",
            paramLabel = "ISS",
            description = "iss of the tokens, the issuer (default: WAYBILL_JWT_ISSUER)")
    private @Nullable String issuer;

    @Option(
            names = "--audience",
            paramLabel = "AUD",
            description = "aud of the tokens, the application they are for (default: WAYBILL_JWT_AUDIENCE)")
    private @Nullable String audience;

    /// The secret in the file, or else in the environment.
    Optional<Secret> secret(Map<String, String> environment) {
        return secretFile == null
                ? optionOrVariable(null, environment, SECRET).map(Secret::of)
                : Optional.of(Secret.of(contents(secretFile)));
    }

    Optional<String> issuer(Map<String, String> environment) {
        return optionOrVariable(issuer, environment, "WAYBILL_JWT_ISSUER");
    }

    Optional<String> audience(Map<String, String> environment) {
        return optionOrVariable(audience, environment, "WAYBILL_JWT_AUDIENCE");
    }

    /// A blank value is an error: a variable that the operator did not fill in must not turn off a check.
    static Optional<String> optionOrVariable(@Nullable String option, Map<String, String> environment, String name) {
        var text = option == null ? environment.get(name) : option;
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException(
                    name + (option == null ? "" : " or its option") + ": blank (expected: a value, or not to be set)");
        }
        return Optional.ofNullable(text);
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    "jwt-secret-file: " + file + " cannot be read (expected: a file that holds the secret)");
        }
    }
}
