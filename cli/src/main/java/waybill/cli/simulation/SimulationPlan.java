package waybill.cli.simulation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a simulation over real sockets does.
///
/// @param hubs the nodes of one hub, or its only one
/// @param run distinguishes its users and stores from those of other runs
/// @param restart the command that kills the hub and starts it again; blank if the hub is not killed
public record SimulationPlan(
        List<URI> hubs,
        String run,
        int drivers,
        int orders,
        Duration duration,
        Set<Fault> faults,
        long seed,
        String restart) {

    public static final int HUBS_MAX = 16;
    public static final int DRIVERS_MAX = 400;
    public static final int ORDERS_MAX = 100_000;

    private static final int ORDERS_OF_CUSTOMER = 10;
    private static final int DRIVERS_OF_STORE = 10;

    public SimulationPlan {
        hubs = List.copyOf(hubs);
        requireBetween("url", hubs.size(), HUBS_MAX);
        hubs.forEach(SimulationPlan::requireHttp);
        requireBetween("drivers", drivers, DRIVERS_MAX);
        requireBetween("orders", orders, ORDERS_MAX);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration: " + duration + " (expected: more than 0)");
        }
        if (faults.contains(Fault.KILL) == restart.isBlank()) {
            throw new IllegalArgumentException("restart-command: "
                    + (restart.isBlank() ? "none" : "given without the fault kill")
                    + " (expected: with the fault kill, a command that kills the hub and starts it again)");
        }
    }

    private static void requireHttp(URI hub) {
        if (!"http".equals(hub.getScheme()) || hub.getHost() == null) {
            throw new IllegalArgumentException("url: " + hub
                    + " (expected: http://HOST:PORT; for a hub behind TLS, the address behind its proxy)");
        }
    }

    private static void requireBetween(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: 1.." + max + ")");
        }
    }

    /// The addresses of all nodes, as text.
    String address() {
        return hubs.stream().map(URI::toString).collect(Collectors.joining(" "));
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    int stores() {
        return 1 + drivers / DRIVERS_OF_STORE;
    }

    int customers() {
        return Math.min(drivers, 1 + orders / ORDERS_OF_CUSTOMER);
    }
}
