package waybill.concurrent;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Platform threads, since the database is native code and would pin the carriers of virtual ones.
final class PlatformThreads implements Threads {

    static final Threads INSTANCE = new PlatformThreads();

    private PlatformThreads() {}

    @Override
    public LoopThread loop(String name, Duration waitMax, LoopThread.Round round) {
        return new PlatformLoop(Thread.ofPlatform().name(name).unstarted(() -> {
            boolean isOpen;
            do {
                isOpen = round.run(waitMax);
            } while (isOpen);
        }));
    }

    @Override
    public ExecutorService executor(String name, int count, int queueMax, RejectedExecutionHandler rejection) {
        var named = count == 1
                ? Thread.ofPlatform().name(name)
                : Thread.ofPlatform().name(name + "-", 0);
        return new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueMax), named.factory(), rejection);
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    private record PlatformLoop(Thread thread) implements LoopThread {

        @Override
        public void start() {
            thread.start();
        }

        @Override
        public void wake() {
            // the round waits on a condition of its own
        }

        @Override
        public void join() throws InterruptedException {
            thread.join();
        }

        @Override
        public boolean isConcurrent() {
            return thread.isAlive();
        }
    }
}
