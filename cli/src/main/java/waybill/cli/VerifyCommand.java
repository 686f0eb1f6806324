package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import waybill.server.proof.ArchiveKey;
import waybill.server.proof.ArchiveVerifier;

/// `waybill verify`.
@Command(
        name = "verify",
        description = {
            "Verifies the exported proofs of an order, without a hub: the signature, the links, the images and the times.",
            "Prints a line for each check and a verdict; exits with 0 only if all checks pass."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {

    private static final int NOT_GENUINE = 1;

    @Parameters(paramLabel = "FILE", description = "the file that GET /orders/{id}/proof/export answered")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the public key of the hub, as `waybill proof-key` prints it (default: the key in the file is"
                    + " believed, which finds damage and no forgery)")
    private @Nullable Path key;

    @Override
    public Integer call() {
        var checks = ArchiveVerifier.verify(file, expectedKey());
        for (var check : checks) {
            System.out.println((check.isPassed() ? "ok      " : "FAILED  ") + check.name() + ": "
                    + check.problem().orElse(check.detail()));
        }
        var isGenuine = checks.stream().allMatch(ArchiveVerifier.Check::isPassed);
        if (!isGenuine) {
            System.out.println("NOT GENUINE: " + file);
            return NOT_GENUINE;
        }
        System.out.println(
                key == null
                        ? "UNDAMAGED: " + file + ", if the hub has this key (compare it, or verify with --key)"
                        : "GENUINE: " + file);
        return 0;
    }

    private @Nullable ArchiveKey expectedKey() {
        if (key == null) {
            return null;
        }
        try {
            return ArchiveKey.parse(Files.readString(key));
        } catch (IOException e) {
            throw new RunningHub.StartupFailure(new UncheckedIOException("--key: " + key + ": cannot be read", e));
        }
    }
}
