package waybill.cli;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Optional programs of the machine.
public final class InstalledPrograms {

    private static final boolean REQUIRED = "required".equals(System.getenv("WAYBILL_CLIENTS"));

    private InstalledPrograms() {}

    /// The path of a program of Debian's `debianPackage`. If it is missing, skips the test, or fails it when all
    /// are required.
    public static Path program(String debianPackage, String... places) {
        var program =
                Stream.of(places).map(Path::of).filter(Files::isExecutable).findFirst();
        require(program.isPresent(), debianPackage);
        return program.orElseThrow();
    }

    /// Skips the test when one of Debian's `debianPackages` is missing, or fails it when all are required.
    public static void require(boolean isThere, String debianPackages) {
        if (isThere) {
            return;
        }
        var message = "SKIPPED: needs " + debianPackages + " (on Debian: apt install " + debianPackages + ")";
        System.out.println(message);
        if (REQUIRED) {
            fail(message);
        }
        abort(message);
    }
}
