package waybill.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import waybill.server.adminui.PasswordHash;

/// `waybill admin-password`.
@Command(
        name = "admin-password",
        description = {
            "Prints the bcrypt hash of a password for the Admin UI.",
            "Asks for the password twice, or else reads the first line of standard input."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class AdminPasswordCommand implements Callable<Integer> {

    private final SecureRandom random;

    AdminPasswordCommand(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() {
        var password = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(AdminPasswordCommand::ask)
                .or(AdminPasswordCommand::firstLine)
                .orElseThrow(
                        () -> new IllegalArgumentException("password: missing (expected: a line on standard input)"));
        System.out.println(PasswordHash.of(password, random).text());
        return 0;
    }

    private static String ask(Console console) {
        var password = line(console.readPassword("Password: "));
        if (!password.equals(line(console.readPassword("Again: ")))) {
            throw new IllegalArgumentException("password: not the same twice (expected: the same)");
        }
        return password;
    }

    private static String line(char @Nullable [] characters) {
        return characters == null ? "" : new String(characters);
    }

    private static Optional<String> firstLine() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .findFirst();
    }
}
