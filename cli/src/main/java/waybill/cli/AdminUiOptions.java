package waybill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.adminui.AdminUiConfig;
import waybill.server.adminui.PasswordHash;

/// The account of the Socket.IO Admin UI, from the command line or else from the environment.
final class AdminUiOptions {

    private static final String USER = "WAYBILL_ADMIN_UI_USER";
    private static final String HASH = "WAYBILL_ADMIN_UI_PASSWORD_HASH";

    @Option(
            names = "--admin-ui-user",
            paramLabel = "NAME",
            description = "name to sign in with to the Socket.IO Admin UI at /admin-ui (default: the one in " + USER
                    + "; without any, there is no Admin UI)")
    private @Nullable String user;

    @Option(
            names = "--admin-ui-password-hash-file",
            paramLabel = "FILE",
            description = "file with the bcrypt hash of the password for it, as admin-password prints it (default: the"
                    + " hash in " + HASH + ")")
    private @Nullable Path hashFile;

    @Option(
            names = "--admin-ui-readonly",
            description = "refuse the commands of the Admin UI: emit, join, leave and disconnect (default: they are"
                    + " executed)")
    private boolean isReadOnly;

    Optional<AdminUiConfig> config(Map<String, String> environment) {
        var name = SigningOptions.optionOrVariable(user, environment, USER);
        var hash = hash(environment);
        if (name.isPresent() != hash.isPresent()) {
            throw new IllegalArgumentException(
                    "admin-ui-user, admin-ui-password-hash: only one of them (expected: both, or"
                            + " none: --admin-ui-user or " + USER + ", and --admin-ui-password-hash-file or " + HASH
                            + ")");
        }
        if (name.isEmpty() && isReadOnly) {
            throw new IllegalArgumentException("admin-ui-readonly: given (expected: together with --admin-ui-user)");
        }
        return name.map(one -> new AdminUiConfig(one, PasswordHash.parse(hash.orElseThrow()), isReadOnly));
    }

    private Optional<String> hash(Map<String, String> environment) {
        if (hashFile == null) {
            return SigningOptions.optionOrVariable(null, environment, HASH);
        }
        try {
            return Optional.of(Files.readString(hashFile));
        } catch (IOException _) {
            throw new IllegalArgumentException("admin-ui-password-hash-file: " + hashFile
                    + " cannot be read (expected: a file that holds the hash)");
        }
    }
}
