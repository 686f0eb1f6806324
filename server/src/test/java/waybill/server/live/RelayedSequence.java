package waybill.server.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import waybill.journal.LogEntry;

/// The sequence up to which the relay has published the log; tests wait for it.
final class RelayedSequence {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private long position;

    synchronized void onEvent(LogEntry entry) {
        position = entry.sequence();
        notifyAll();
    }

    synchronized void await(long wanted) {
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (position < wanted) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError("told up to " + position + " (expected: " + wanted + ")");
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
