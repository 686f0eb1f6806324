package waybill.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import waybill.cli.caps.Printable;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.Trip;
import waybill.server.WaybillServer;

/// `waybill dispatch replay`.
@Command(
        name = "replay",
        description = {
            "Decides the stored decisions of a hub again, with these weights, and prints a row for each order: the driver that"
                    + " it got, what that cost in minutes, and which driver it would have got.",
            "The hub may be running; nothing is changed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class DispatchReplayCommand implements Callable<Integer> {

    private static final DispatchWeights DEFAULTS = DispatchWeights.defaults();
    private static final String NO_DRIVER = "-";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the hub (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--order", paramLabel = "ID", description = "the decisions about this order alone")
    private @Nullable String order;

    @Option(
            names = "--empty-driving",
            paramLabel = "MINUTES",
            description = "what a minute counts that a driver drives without an order (default: ${DEFAULT-VALUE})")
    private double emptyDriving = DEFAULTS.emptyDriving();

    @Option(
            names = "--waiting",
            paramLabel = "MINUTES",
            description = "what a minute counts that a driver waits at a store (default: ${DEFAULT-VALUE})")
    private double waiting = DEFAULTS.waiting();

    @Option(
            names = "--unassigned",
            paramLabel = "MINUTES",
            description = "what an order costs that stays without a driver (default: ${DEFAULT-VALUE})")
    private double unassigned = DEFAULTS.unassigned();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private int decisions;
    private int different;

    @Override
    public Integer call() {
        var weights = new DispatchWeights(
                emptyDriving, waiting, unassigned, DEFAULTS.ageing(), DEFAULTS.rematching(), DEFAULTS.bundling());
        var out = command.commandLine().getOut();
        requireCost("--empty-driving", emptyDriving);
        requireCost("--waiting", waiting);
        requireCost("--unassigned", unassigned);
        try {
            WaybillServer.replayDecisions(data, weights, (decision, choice) -> print(decision, choice, weights, out));
        } catch (IllegalStateException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
        out.println(decisions + " decisions, " + different + " would differ");
        return 0;
    }

    private static void requireCost(String option, double minutes) {
        if (!(minutes >= 0)) { // so written that NaN fails too
            throw new IllegalArgumentException(option + ": " + minutes + " (expected: 0 or more)");
        }
    }

    private void print(StoredDecision decision, OrderChoice choice, DispatchWeights weights, PrintWriter out) {
        if (order != null && !order.equals(decision.order().toString())) {
            return;
        }
        decisions++;
        var driver = decision.driver().orElse(NO_DRIVER);
        var other = choice.trip().map(trip -> trip.driver().id()).orElse(NO_DRIVER);
        var isSame = driver.equals(other);
        if (!isSame) {
            different++;
        }
        out.println(decision.order() + "  " + Instant.ofEpochMilli(decision.decidedAtMs()) + "  "
                + Printable.of(driver) + "  " + cost(decision) + "  "
                + decision.reason().name().toLowerCase(Locale.ROOT) + " of "
                + decision.candidates().size() + "  -> "
                + (isSame ? "the same" : Printable.of(other) + otherCost(choice, weights)));
    }

    /// The cost of the driver with this order alone, and its terms.
    private static String cost(StoredDecision decision) {
        return decision.candidates().stream()
                .filter(candidate -> decision.driver().equals(Optional.of(candidate.driver())))
                .findFirst()
                .map(candidate -> minutes(candidate.cost().total(decision.weights())) + " (delay "
                        + minutes(candidate.cost().delay()) + ", empty "
                        + minutes(candidate.cost().empty()) + ", waiting "
                        + minutes(candidate.cost().waiting()) + ")")
                .orElse("no cost of its own");
    }

    private static String otherCost(OrderChoice choice, DispatchWeights weights) {
        return choice.trip()
                .map(Trip::cost)
                .map(cost -> " " + minutes(cost.total(weights)))
                .orElse("");
    }

    private static String minutes(double minutes) {
        return String.format(Locale.ROOT, "%.1f", minutes);
    }
}
