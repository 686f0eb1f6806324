package waybill.hub.schedule;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.Threads;

/// Runs tasks periodically on one thread. Each task checks its own clock, so a clock that a test moves takes effect
/// with the next run.
public final class Scheduler implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final List<Runnable> tasks;
    private final ThreadHealth health;
    private final ScheduledExecutorService thread;

    /// No task may block.
    public Scheduler(List<Runnable> tasks, ThreadHealth health, Threads threads) {
        this.tasks = List.copyOf(tasks);
        this.health = health;
        thread = threads.scheduler("waybill-ticker");
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::runDue, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runDue() {
        for (var task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("scheduled task failed; it runs again in the next period", e);
            } catch (Error e) {
                health.failed("running scheduled tasks", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
