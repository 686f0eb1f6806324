package waybill.server.simulation;

import java.util.SplittableRandom;

/// The process of a hub, from its start to its death: what it was about to do dies with it.
final class SimulatedProcess {

    /// How long a step of a thread waits for its turn, at most.
    private static final long TURN_MAX_NANOS = 2_000_000;

    private final EventQueue events;
    private final SplittableRandom random;
    private boolean isAlive = true;

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

    EventQueue events() {
        return events;
    }

    /// Runs a step after a delay of the scheduler's choice.
    void run(String label, Runnable step) {
        run(label, random.nextLong(TURN_MAX_NANOS), step);
    }

    void run(String label, long delayNanos, Runnable step) {
        events.after(delayNanos, label, () -> {
            if (isAlive) {
                step.run();
            }
        });
    }
}
