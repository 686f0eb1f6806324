package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import waybill.order.OrderId;
import waybill.server.WaybillServer;
import waybill.storage.incident.Incident;

/// `waybill incident export`.
@Command(
        name = "export",
        description = {
            "Writes one file with an order, or with all that happened from one time to another: events, orders and"
                    + " positions.",
            "The hub may be running; nothing is changed. The file has names, addresses and positions of people: see"
                    + " --redact."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class IncidentExportCommand implements Callable<Integer> {

    private static final Duration DAY = Duration.ofDays(1);

    @Parameters(paramLabel = "FILE", description = "the file to write, which must not be there yet")
    private Path file = Path.of("incident.zip");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the hub (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--order", paramLabel = "ID", description = "this order, from its first event to its last")
    private @Nullable String order;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "all orders from this time, such as 2026-01-31T12:00:00Z")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "to this time (default: a day after --from)")
    private @Nullable Instant to;

    @Option(
            names = "--redact",
            description = "leave out names, phones, addresses, notes and reasons, and round the places of customers"
                    + " (default: all is written)")
    private boolean redact;

    @Override
    public Integer call() {
        try {
            System.out.println(export().summary("exported"));
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }

    private Incident export() {
        if (order != null && from == null && to == null) {
            var text = order;
            var id = OrderId.parse(text)
                    .orElseThrow(
                            () -> new IllegalStateException("order: " + text + " (expected: the UUID of an order)"));
            return WaybillServer.exportIncident(data, id, redact, file);
        }
        if (order != null || from == null) {
            throw new IllegalStateException("order, from: " + (order == null ? "none" : "both")
                    + " (expected: --order, or --from and perhaps --to)");
        }
        return WaybillServer.exportIncident(data, from, to == null ? from.plus(DAY) : to, redact, file);
    }
}
