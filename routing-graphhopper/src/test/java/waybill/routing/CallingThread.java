package waybill.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;

/// Runs each task at once, on the thread that hands it over.
final class CallingThread implements Threads {

    @Override
    public ExecutorService executor(String name, int count, int queueMax, RejectedExecutionHandler rejection) {
        return new AtOnce();
    }

    @Override
    public LoopThread loop(String name, Duration waitMax, LoopThread.Round round) {
        throw new AssertionError("routing starts no loop");
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
        throw new AssertionError("routing starts no scheduler");
    }

    private static final class AtOnce extends AbstractExecutorService {

        private boolean isShutdown;

        @Override
        public void execute(Runnable task) {
            if (isShutdown) {
                throw new RejectedExecutionException("shut down");
            }
            task.run();
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return isShutdown;
        }

        @Override
        public boolean isTerminated() {
            return isShutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isShutdown;
        }
    }
}
