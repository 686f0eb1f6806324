package waybill.cli.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What goes wrong in a simulation over real sockets.
public enum Fault {
    /// Connections are cut, with what is on its way.
    DROP,

    /// Bytes arrive late, some by seconds.
    DELAY,

    /// A client sends a request twice, under one idempotency key.
    DUPLICATE,

    /// Clocks of clients are up to ten minutes off.
    SKEW,

    /// All connections are cut at once, and all clients connect again at once.
    STORM,

    /// The hub's process is killed, and started again.
    KILL;

    public static Fault parse(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("faults: " + name + " (expected: some of " + names() + ")"));
    }

    /// All of them, with commas.
    public static String names() {
        return Arrays.stream(values()).map(Fault::wireName).collect(Collectors.joining(","));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
