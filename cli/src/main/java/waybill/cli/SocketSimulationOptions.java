package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.access.Principal;
import waybill.cli.simulation.DevelopmentTokens;
import waybill.cli.simulation.Fault;
import waybill.cli.simulation.SimulationPlan;
import waybill.cli.simulation.SocketSimulation;
import waybill.server.identity.Grant;
import waybill.server.identity.TokenIssuer;

/// What `waybill simulate --url` does.
final class SocketSimulationOptions {

    private static final int RUN_BOUND = 1 << 24;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the hub, as http://HOST:PORT; given again for each further node of it")
    private List<URI> urls = List.of();

    @Option(names = "--drivers", paramLabel = "N", description = "drivers (default: ${DEFAULT-VALUE})")
    private int drivers = 20;

    @Option(names = "--orders", paramLabel = "M", description = "orders (default: ${DEFAULT-VALUE})")
    private int orders = 200;

    @Option(names = "--duration", paramLabel = "TIME", description = "how long faults last (default: 60s)")
    private Duration duration = Duration.ofSeconds(60);

    @Option(
            names = "--faults",
            paramLabel = "LIST",
            description = "some of drop,delay,duplicate,skew,storm,kill, or none (default: ${DEFAULT-VALUE})")
    private String faults = "drop,delay,duplicate,skew,storm";

    @Option(
            names = "--restart-command",
            paramLabel = "COMMAND",
            description = "for kill: a command of the shell that kills the hub and starts it again; it is run twice")
    private String restart = "";

    @Option(
            names = "--report",
            paramLabel = "NAME",
            description = "writes the report to NAME.txt and NAME.json (default: ${DEFAULT-VALUE})")
    private Path report = Path.of("simulation");

    @Mixin
    private SigningOptions signing = new SigningOptions();

    /// Empty without `--url`.
    Optional<SimulationPlan> plan(long seed, SecureRandom random) {
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        var run = Integer.toString(random.nextInt(RUN_BOUND), Character.MAX_RADIX);
        return Optional.of(new SimulationPlan(urls, run, drivers, orders, duration, faults(), seed, restart));
    }

    private Set<Fault> faults() {
        return faults.equals("none")
                ? Set.of()
                : Arrays.stream(faults.split(",")).map(Fault::parse).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether no invariant was violated.
    boolean run(SimulationPlan plan, InstantSource clock, Map<String, String> environment) throws InterruptedException {
        try (var simulation =
                new SocketSimulation(plan, tokens(plan, clock, environment), clock, line -> System.out.println(line))) {
            var result = simulation.run();
            System.out.print(result.text());
            result.write(report);
            return result.isPassed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Function<Principal, String> tokens(
            SimulationPlan plan, InstantSource clock, Map<String, String> environment) {
        var secret = signing.secret(environment);
        if (secret.isEmpty()) {
            if (plan.hubs().size() > 1) {
                throw new IllegalArgumentException(
                        "jwt-secret-file: none (expected: with several --url, the file of the"
                                + " secret that all nodes have)");
            }
            return new DevelopmentTokens(plan.hubs().getFirst());
        }
        var issuer = new TokenIssuer(secret.get(), signing.issuer(environment), signing.audience(environment), clock);
        return user -> issuer.issue(new Grant(user, DevelopmentTokens.VALID));
    }
}
