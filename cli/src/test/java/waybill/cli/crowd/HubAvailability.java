package waybill.cli.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/// Blocks clients while the hub is down, before they retry. Guarded by its monitor.
final class HubAvailability {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(120);

    private boolean isOpen = true;

    synchronized void setDown() {
        isOpen = false;
    }

    synchronized void setUp() {
        isOpen = true;
        notifyAll();
    }

    /// Waits until the hub is up.
    synchronized void await() throws InterruptedException {
        var deadline = System.nanoTime() + WAIT_MAX_NANOS;
        while (!isOpen) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(leftMs).as("time left to start a hub again").isPositive();
            wait(leftMs);
        }
    }
}
