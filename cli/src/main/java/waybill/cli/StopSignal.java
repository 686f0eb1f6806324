package waybill.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, as something to wait for. The process ends once [#close] says that all is put away.
final class StopSignal implements AutoCloseable {

    /// How long putting things away may take before the process ends all the same.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private StopSignal() {}

    static StopSignal onCtrlC() {
        var stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::requestStop, "stop"));
        return stop;
    }

    /// Waits until the process is asked to stop, and not longer than `time`; says whether it was.
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
                System.err.println("waybill: not everything was put away within " + CLOSE_TIMEOUT.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
