package waybill.server.realtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again whether something is due: one thread for all that waits for a time. What time it is, those
/// who are asked know themselves, so a clock that is moved in a test is noticed with the next look.
final class Ticker implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final List<Runnable> looks;
    private final ThreadHealth health;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("waybill-ticker").daemon().factory());

    /// None of `looks` may wait for anything.
    Ticker(List<Runnable> looks, ThreadHealth health) {
        this.looks = List.copyOf(looks);
        this.health = health;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (var one : looks) {
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
