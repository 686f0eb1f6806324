package waybill.server.simulation;

import java.util.SplittableRandom;

/// The process of a hub, from its start to its death: what it was about to do dies with it.
final class SimulatedProcess {

    /// How long a step of a thread waits for its turn, at most.
    private static final long TURN_MAX_NANOS = 2_000_000;

    private final EventQueue events;
    private final SplittableRandom random;
    private boolean isAlive = true;
    private long pausedUntilNanos;

    SimulatedProcess(EventQueue events, SplittableRandom random) {
        this.events = events;
        this.random = random;
    }

    boolean isAlive() {
        return isAlive;
    }

    void kill() {
        isAlive = false;
    }

    /// Nothing of it runs until then, as while a machine is frozen; its time goes on.
    void pauseUntil(long nanos) {
        pausedUntilNanos = nanos;
    }

    EventQueue events() {
        return events;
    }

    /// Runs a step after a delay of the scheduler's choice.
    void run(String label, Runnable step) {
        run(label, random.nextLong(TURN_MAX_NANOS), step);
    }

    void run(String label, long delayNanos, Runnable step) {
        runAt(events.nowNanos() + delayNanos, label, step);
    }

    private void runAt(long nanos, String label, Runnable step) {
        events.at(nanos, label, () -> {
            if (isAlive && events.nowNanos() < pausedUntilNanos) {
                runAt(pausedUntilNanos, label, step);
            } else if (isAlive) {
                step.run();
            }
        });
    }

    /// Runs a step now, or when the process goes on.
    void runWhenAwake(String label, Runnable step) {
        if (events.nowNanos() < pausedUntilNanos) {
            runAt(pausedUntilNanos, label, step);
        } else {
            step.run();
        }
    }
}
