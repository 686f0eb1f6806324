package waybill.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for Ctrl-C. The process ends once [#close] reports that the shutdown is complete.
final class StopSignal implements AutoCloseable {

    /// How long the shutdown may take before the process ends anyway.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private StopSignal() {}

    static StopSignal onCtrlC() {
        var stop = new StopSignal();
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
            if (!closed.await(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("waybill: the shutdown did not complete within " + CLOSE_TIMEOUT.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
