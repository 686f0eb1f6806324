package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.DevelopmentSecret;
import waybill.server.identity.Grant;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;

/// `waybill token`.
@Command(
        name = "token",
        description = {
            "Prints a token for trying the hub.",
            "It is signed with the given secret, or else with that of a hub in development mode."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class TokenCommand implements Callable<Integer> {

    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Option(names = "--user", paramLabel = "ID", required = true, description = "the user's id")
    private String user = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "customer, merchant, driver, admin, support or service")
    private String role = "";

    @Option(names = "--store", paramLabel = "ID", description = "a merchant's store (default: the user's id)")
    private @Nullable String store;

    @Option(names = "--name", paramLabel = "NAME", description = "the user's name")
    private @Nullable String name;

    @Option(names = "--phone", paramLabel = "PHONE", description = "the user's phone")
    private @Nullable String phone;

    @Option(names = "--expires", paramLabel = "TIME", description = "how long the token is valid (default: 1h)")
    private Duration expires = Grant.EXPIRES_IN_DEFAULT;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory of the hub in development mode (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Mixin
    private SigningOptions signing = new SigningOptions();

    TokenCommand(SecureRandom random, InstantSource clock, Map<String, String> environment) {
        this.random = random;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var grant = new Grant(principal(), expires);
        var secret = signing.secret(environment).orElseGet(this::developmentSecret);
        var from = signing.issuer(environment);
        var to = signing.audience(environment);
        System.out.println(new TokenIssuer(secret, from, to, clock).issue(grant));
        return 0;
    }

    private Principal principal() {
        var parsedRole = Role.parse(role)
                .orElseThrow(() -> new IllegalArgumentException(
                        "role: " + role + " (expected: customer, merchant, driver, admin, support or service)"));
        return new Principal(
                user, parsedRole, name, phone, parsedRole == Role.MERCHANT && store == null ? user : store);
    }

    private Secret developmentSecret() {
        if (!Files.isDirectory(data)) {
            throw new IllegalArgumentException("data: there is no "
                    + data.toAbsolutePath().normalize()
                    + " (expected: the data directory of a hub in development mode: run this where the hub was started,"
                    + " or name it with --data; or a secret: --jwt-secret-file or " + SigningOptions.SECRET + ")");
        }
        try {
            return DevelopmentSecret.loadOrCreate(data, random);
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new IllegalArgumentException(failure.getMessage(), failure);
        }
    }
}
