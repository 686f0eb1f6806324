package waybill.hub.relay;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Wakes one waiting thread when events may have been committed. Signals before the wake-up count once. Thread-safe.
public final class WakeUpSignal {

    private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);
    private volatile Runnable listener = () -> {};

    /// Sets the listener of every signal, which must not block.
    void onSignal(Runnable another) {
        listener = another;
    }

    /// Never blocks.
    public void signal() {
        signals.offer(true); // a pending signal is enough
        listener.run();
    }

    /// Waits for a signal, at most `maxMs`.
    void await(long maxMs) throws InterruptedException {
        signals.poll(maxMs, TimeUnit.MILLISECONDS);
    }
}
