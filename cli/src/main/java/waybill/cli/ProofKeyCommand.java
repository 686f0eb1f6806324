package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.server.proof.SigningKey;

/// `waybill proof-key`.
@Command(
        name = "proof-key",
        description = {
            "Prints the public key with which the proofs that a hub has exported are verified, in PEM.",
            "Generates the key if the hub has none yet."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class ProofKeyCommand implements Callable<Integer> {

    private final SecureRandom random;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the hub (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    ProofKeyCommand(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(data)) {
            throw new RunningHub.StartupFailure(new IllegalStateException(
                    "data: " + data + " is no directory (expected: the data directory of a hub)"));
        }
        try {
            var key = SigningKey.open(data, random).publicKey();
            System.out.print(key.pem());
            System.err.println(key.fingerprint());
            return 0;
        } catch (UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
