package waybill.hub.schedule;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again whether something is due: one thread for all that waits for a time. What time it is, those
/// who are asked know themselves, so a clock that is moved in a test is noticed with the next look.
public final class Scheduler implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final List<Runnable> tasks;
    private final ThreadHealth health;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("waybill-ticker").daemon().factory());

    /// None of `looks` may wait for anything.
    public Scheduler(List<Runnable> looks, ThreadHealth health) {
        this.tasks = List.copyOf(looks);
        this.health = health;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::runDue, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runDue() {
        for (var one : tasks) {
            try {
                one.run();
            } catch (RuntimeException e) {
                LOG.error("what is due could not be done, and is looked at again", e);
            } catch (Error e) {
                health.failed("looking for what is due", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
