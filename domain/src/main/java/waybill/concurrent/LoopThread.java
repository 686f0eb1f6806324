package waybill.concurrent;

import java.time.Duration;

/// A thread that runs rounds until one returns false.
public interface LoopThread {

    /// One round: it may wait for work, and handles what there is.
    @FunctionalInterface
    interface Round {

        /// False when it was the last.
        boolean run(Duration waitMax);
    }

    void start();

    /// There is work for the next round. A round that waits ends its waiting by itself.
    void wake();

    /// Waits for the last round.
    void join() throws InterruptedException;

    /// Whether rounds run while another thread waits for one.
    boolean isConcurrent();
}
