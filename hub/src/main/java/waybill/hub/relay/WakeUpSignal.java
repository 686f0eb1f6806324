package waybill.hub.relay;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Rung when there is news. However often it is rung, one who waits is woken once. Thread-safe.
public final class WakeUpSignal {

    private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);

    /// Never blocks.
    public void signal() {
        signals.offer(true); // one that waits to be heard already serves
    }

    /// Waits for the bell, but not longer than that.
    void await(long maxMs) throws InterruptedException {
        signals.poll(maxMs, TimeUnit.MILLISECONDS);
    }
}
