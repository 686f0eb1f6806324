package waybill.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for Ctrl-C. The process ends once [#close] reports that the shutdown is complete.
final class StopSignal implements AutoCloseable {

    /// How long the shutdown may take after the clients are disconnected, before the process ends anyway.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Duration closeTimeout;

    private StopSignal(Duration drain) {
        closeTimeout = drain.plus(CLOSE_TIMEOUT);
    }

    /// @param drain how long it takes to disconnect the clients
    static StopSignal onCtrlC(Duration drain) {
        var stop = new StopSignal(drain);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::requestStop, "stop"));
        return stop;
    }

    /// Waits at most `time` for Ctrl-C; returns whether it came.
    boolean await(Duration time) throws InterruptedException {
        return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void await() throws InterruptedException {
        requested.await();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void requestStop() {
        requested.countDown();
        try {
            if (!closed.await(closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("waybill: the shutdown did not complete within " + closeTimeout.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
