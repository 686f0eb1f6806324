package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import waybill.server.adminui.AdminUiConfig;

/// The account of the Admin UI from options and variables, and the command that makes the hash.
class AdminUiOptionsTest {

    private static final String HASH = "$2b$10$heqvAkYMez.Va6Et2uXInOnkCT6/uQj1brkrbyG3LpopDklcq7ZOS";

    @TempDir
    private Path folder = Path.of("");

    private static Optional<AdminUiConfig> config(Map<String, String> environment, String... arguments) {
        var options = new AdminUiOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options)).parseArgs(arguments);
        return options.config(environment);
    }

    @Test
    void withoutSettingsThereIsNoAdminUi() {
        assertThat(config(Map.of())).isEmpty();
    }

    @Test
    void theAccountIsReadFromTheEnvironment() {
        var account = config(Map.of("WAYBILL_ADMIN_UI_USER", "ops", "WAYBILL_ADMIN_UI_PASSWORD_HASH", HASH));
        assertThat(account.map(AdminUiConfig::user)).contains("ops");
        assertThat(account.map(AdminUiConfig::isReadOnly)).contains(false);
        assertThat(account.map(one -> one.passwordHash().text())).contains(HASH);
        assertThat(account.toString()).doesNotContain(HASH);
    }

    @Test
    void anOptionTakesPrecedence() throws IOException {
        var file = Files.writeString(folder.resolve("hash"), HASH + "\n").toString();
        var account = config(
                Map.of("WAYBILL_ADMIN_UI_USER", "ops", "WAYBILL_ADMIN_UI_PASSWORD_HASH", "nonsense"),
                "--admin-ui-user",
                "root",
                "--admin-ui-password-hash-file",
                file,
                "--admin-ui-readonly");
        assertThat(account.map(AdminUiConfig::user)).contains("root");
        assertThat(account.map(AdminUiConfig::isReadOnly)).contains(true);
    }

    @Test
    void halfAnAccountIsRejected() {
        assertThatThrownBy(() -> config(Map.of(), "--admin-ui-user", "ops"))
                .hasMessageStartingWith("admin-ui-user, admin-ui-password-hash: only one of them (expected: both");
        assertThatThrownBy(() -> config(Map.of("WAYBILL_ADMIN_UI_PASSWORD_HASH", HASH)))
                .hasMessageStartingWith("admin-ui-user, admin-ui-password-hash: only one of them");
        assertThatThrownBy(() -> config(Map.of(), "--admin-ui-readonly"))
                .hasMessage("admin-ui-readonly: given (expected: together with --admin-ui-user)");
        assertThatThrownBy(() -> config(Map.of("WAYBILL_ADMIN_UI_USER", " ", "WAYBILL_ADMIN_UI_PASSWORD_HASH", HASH)))
                .hasMessageContaining("WAYBILL_ADMIN_UI_USER: blank");
        assertThatThrownBy(() ->
                        config(Map.of(), "--admin-ui-user", "ops", "--admin-ui-password-hash-file", "/nowhere/hash"))
                .hasMessage("admin-ui-password-hash-file: /nowhere/hash cannot be read (expected: a file that holds"
                        + " the hash)");
    }

    @Test
    void thePrintedHashIsThatOfTheFirstLine() throws IOException {
        var file = Files.writeString(folder.resolve("hash"), hash("correct horse\nbattery\n"))
                .toString();
        assertThat(Files.readString(folder.resolve("hash"))).matches("\\$2b\\$12\\$\\S{53}\\R");
        assertThat(config(Map.of(), "--admin-ui-user", "ops", "--admin-ui-password-hash-file", file))
                .isPresent();
        assertThatThrownBy(() -> hash("")).hasMessage("password: missing (expected: a line on standard input)");
        assertThatThrownBy(() -> hash("short\n")).hasMessageStartingWith("password: 5 characters");
    }

    /// What the command prints.
    private static String hash(String input) {
        var in = System.in;
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            new AdminPasswordCommand(new SecureRandom()).call();
        } finally {
            System.setIn(in);
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
