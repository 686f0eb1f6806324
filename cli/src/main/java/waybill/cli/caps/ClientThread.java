package waybill.cli.caps;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The thread that an app is confined to.
public final class ClientThread implements Executor, DelayedExecutor, AutoCloseable {

    private final ScheduledThreadPoolExecutor thread;

    public ClientThread(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler((_, _) -> {}); // closed: later tasks are dropped
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(reportingFailure(task));
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        thread.schedule(reportingFailure(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /// The executor would hide a failure.
    private static Runnable reportingFailure(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                var self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, failure);
            }
        };
    }
}
