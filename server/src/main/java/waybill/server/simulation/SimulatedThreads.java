package waybill.server.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;

/// The threads of a simulated process: each round and each task is one step, and steps of different threads come in an
/// order that follows from the seed.
final class SimulatedThreads implements Threads {

    private final SimulatedProcess process;

    SimulatedThreads(SimulatedProcess process) {
        this.process = process;
    }

    @Override
    public LoopThread loop(String name, Duration waitMax, LoopThread.Round round) {
        return new Loop(name, waitMax, round);
    }

    @Override
    public ExecutorService executor(String name, int count, int queueMax, RejectedExecutionHandler rejection) {
        return new Executor(name);
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
        return new Executor(name);
    }

    private final class Loop implements LoopThread {

        private final String name;
        private final Duration waitMax;
        private final Round round;
        private boolean isStarted;
        private boolean isAwake; // a round is coming
        private long rounds;

        Loop(String name, Duration waitMax, Round round) {
            this.name = name;
            this.waitMax = waitMax;
            this.round = round;
        }

        @Override
        public void start() {
            isStarted = true;
            wake();
        }

        @Override
        public void wake() {
            if (isStarted && !isAwake) {
                isAwake = true;
                process.run(name, this::runRound);
            }
        }

        private void runRound() {
            isAwake = false;
            var number = ++rounds;
            if (!round.run(Duration.ZERO)) {
                isStarted = false;
                return;
            }
            process.run(name, waitMax.toNanos(), () -> {
                if (rounds == number) { // nothing has woken it meanwhile
                    wake();
                }
            });
        }

        @Override
        public void join() {
            // the process is dead, or its last round comes by itself
        }

        @Override
        public boolean isConcurrent() {
            return false;
        }
    }

    /// Runs its tasks one by one in their order.
    private final class Executor extends AbstractExecutorService implements ScheduledExecutorService {

        private final String name;
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean isShutdown;

        Executor(String name) {
            this.name = name;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            if (tasks.size() == 1) {
                process.run(name, this::runNext);
            }
        }

        private void runNext() {
            try {
                tasks.element().run();
            } finally {
                tasks.remove();
                if (!tasks.isEmpty()) {
                    process.run(name, this::runNext);
                }
            }
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
            process.run(name, unit.toNanos(initial), () -> {
                if (!isShutdown) {
                    task.run();
                    scheduleWithFixedDelay(task, delay, delay, unit);
                }
            });
            return NotCancellable.INSTANCE;
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
            return scheduleWithFixedDelay(task, initial, period, unit);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            process.run(name, unit.toNanos(delay), task);
            return NotCancellable.INSTANCE;
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("the hub schedules no tasks with results");
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            isShutdown = true;
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
            return true;
        }
    }
}
