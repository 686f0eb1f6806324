package waybill.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.Profile;
import waybill.cli.vendor.Order;
import waybill.cli.vendor.VendorRunner;

/// `waybill vendor`.
@Command(
        name = "vendor",
        description = "A store that places orders and is notified of their delivery.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class VendorCommand implements Callable<Integer> {

    private final RandomGenerator random;
    private final Environment environment;

    @Option(
            names = "--store",
            paramLabel = "NAME",
            description =
                    "the store, such as acme-widgets or 1-800-flowers (default: STORE_ID in the environment or in ./.env)")
    private @Nullable String store;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the URL of the hub, with the path of its Socket.IO unless that is /socket.io/ (default:"
                    + " ${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:9001");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "a merchant's token, for a hub that requires one (default: WAYBILL_TOKEN in the environment or in"
                            + " ./.env)")
    private @Nullable String token;

    @Option(names = "--every", paramLabel = "TIME", description = "the interval between two orders (default: 500ms)")
    private Duration every = Duration.ofMillis(500);

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "place N orders, and exit when they are delivered (default: continue until Ctrl-C)")
    private int count = VendorRunner.Plan.UNLIMITED;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "the form of the messages: ${COMPLETION-CANDIDATES} (default: phase3)")
    private Profile profile = Profile.phase3;

    VendorCommand(RandomGenerator random, Environment environment) {
        this.random = random;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        try (var vendor = new VendorRunner(plan, () -> Order.random(random), EventPrinter.printer(profile))) {
            vendor.start();
            return vendor.done().get() ? 0 : 1;
        }
    }

    private VendorRunner.Plan plan() {
        var name = Optional.ofNullable(store)
                .or(() -> environment.find(Environment.STORE_ID))
                .orElseThrow(VendorCommand::missingStore);
        var shown = Optional.ofNullable(token).or(() -> environment.find(Environment.TOKEN));
        return new VendorRunner.Plan(new Endpoint(url, shown), name, profile, every, count);
    }

    private static IllegalArgumentException missingStore() {
        return new IllegalArgumentException("store: not given (expected: --store NAME, or " + Environment.STORE_ID
                + " in the environment or in ./.env)");
    }
}
