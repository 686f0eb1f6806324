package waybill.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.cli.caps.Profile;
import waybill.cli.vendor.Order;
import waybill.cli.vendor.Shop;

/// `waybill vendor`.
@Command(
        name = "vendor",
        description = "A store that places orders and hears of their delivery.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VendorCommand implements Callable<Integer> {

    private final RandomGenerator random;
    private final Optional<String> storeAround;

    @Option(
            names = "--store",
            paramLabel = "NAME",
            description =
                    "the store, such as acme-widgets or 1-800-flowers (default: STORE_ID in the environment or in ./.env)")
    private @Nullable String store;

    @Option(names = "--url", paramLabel = "URL", description = "where the hub is (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:9001");

    @Option(names = "--every", paramLabel = "TIME", description = "between two orders (default: 500ms)")
    private Duration every = Duration.ofMillis(500);

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "place N orders, and leave when they have arrived (default: go on until Ctrl-C)")
    private int count = Shop.Plan.WITHOUT_END;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "shape of the messages: ${COMPLETION-CANDIDATES} (default: phase3)")
    private Profile profile = Profile.phase3;

    VendorCommand(RandomGenerator random, Optional<String> storeAround) {
        this.random = random;
        this.storeAround = storeAround;
    }

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        try (var shop = new Shop(plan, () -> Order.random(random), Console.printing(profile))) {
            shop.open();
            shop.done().get();
        }
        return 0;
    }

    private Shop.Plan plan() {
        var name = Optional.ofNullable(store).or(() -> storeAround).orElseThrow(VendorCommand::noStore);
        return new Shop.Plan(url, name, profile, every, count);
    }

    private static IllegalArgumentException noStore() {
        return new IllegalArgumentException(
                "store: not given (expected: --store NAME, or " + StoreId.NAME + " in the environment or in ./.env)");
    }
}
