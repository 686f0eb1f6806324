package waybill.cli.simulation;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/// A driver that reports where it is.
final class DriverScript {

    private static final Set<String> EXPECTED_REFUSALS = Set.of("unavailable", "rate_limited", "conflict", "forbidden");
    private static final double STEP_DEGREES = 0.000_05;

    private final RecordedSocket socket;
    private final Observations observations;
    private final LongSupplier clockMs;
    private final SplittableRandom random;
    private double latitude = 59.91;
    private double longitude = 10.75;
    private volatile String order = "";

    DriverScript(RecordedSocket socket, Observations observations, LongSupplier clockMs, SplittableRandom random) {
        this.socket = socket;
        this.observations = observations;
        this.clockMs = clockMs;
        this.random = random;
    }

    SimulatedUser user() {
        return socket.user();
    }

    /// The order that it has; blank for none.
    void carries(String newOrder) {
        order = newOrder;
    }

    /// Called by one thread.
    void reportPosition() {
        latitude += random.nextDouble(-STEP_DEGREES, STEP_DEGREES);
        longitude += random.nextDouble(-STEP_DEGREES, STEP_DEGREES);
        var dialect = user().dialect();
        dialect.position(latitude, longitude, clockMs.getAsLong() + user().clockOffsetMs(), order)
                .ifPresent(position -> socket.emit(dialect.position, position, answer -> {
                    observations.count("positions acknowledged");
                    var error = answer.optJSONObject("error");
                    if (error != null && !EXPECTED_REFUSALS.contains(error.optString("code"))) {
                        observations.violation(user() + " reported " + position + ": " + answer);
                    }
                }));
    }
}
