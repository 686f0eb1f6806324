package waybill.cli.simulation;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The faults that come a few times in a simulation, each time for all clients.
final class ScheduledFaults {

    private static final Duration RESTART_WITHIN = Duration.ofSeconds(60);
    private static final int STORMS = 4;
    private static final int KILLS = 2;

    private final SimulationPlan plan;
    private final FaultProxy proxy;
    private final Observations observations;
    private final Pauses pauses;
    private final Consumer<String> progress;

    ScheduledFaults(
            SimulationPlan plan,
            FaultProxy proxy,
            Observations observations,
            Pauses pauses,
            Consumer<String> progress) {
        this.plan = plan;
        this.proxy = proxy;
        this.observations = observations;
        this.pauses = pauses;
        this.progress = progress;
    }

    Object storms() throws InterruptedException {
        for (var i = 0; plan.has(Fault.STORM) && i < STORMS; i++) {
            pauses.upTo(plan.duration().toMillis() / (STORMS + 1));
            observations.count("storms");
            proxy.cutAll();
        }
        return this;
    }

    /// @param awaitHub returns when the hub answers again
    Object kills(Callable<?> awaitHub) throws Exception {
        for (var i = 0; plan.has(Fault.KILL) && i < KILLS; i++) {
            pauses.upTo(plan.duration().toMillis() / (KILLS + 1));
            observations.count("kills");
            progress.accept("kills the hub");
            var process =
                    new ProcessBuilder("sh", "-c", plan.restart()).inheritIO().start();
            if (!process.waitFor(RESTART_WITHIN.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IllegalArgumentException("restart-command: " + plan.restart() + " failed (expected: that it"
                        + " kills the hub, starts it again and exits with 0 within " + RESTART_WITHIN.toSeconds()
                        + " s)");
            }
            awaitHub.call();
        }
        return this;
    }
}
