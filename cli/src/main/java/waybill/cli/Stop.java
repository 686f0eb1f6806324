package waybill.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, as something to wait for. The process ends once [#close] says that all is put away.
final class Stop implements AutoCloseable {

    /// How long putting things away may take before the process ends all the same.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch putAway = new CountDownLatch(1);

    private Stop() {}

    static Stop onCtrlC() {
        var stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::ask, "stop"));
        return stop;
    }

    /// Waits until the process is asked to stop, and not longer than `time`; says whether it was.
    boolean await(Duration time) throws InterruptedException {
        return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        putAway.countDown();
    }

    private void ask() {
        asked.countDown();
        try {
            if (!putAway.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("waybill: not everything was put away within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
