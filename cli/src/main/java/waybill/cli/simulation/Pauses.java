package waybill.cli.simulation;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Pauses of threads, which end early when the simulation is closed.
final class Pauses implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    /// False if the simulation is closed.
    boolean upTo(long ms) throws InterruptedException {
        return !closed.await(ms, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
