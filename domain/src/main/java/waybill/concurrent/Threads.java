package waybill.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;

/// Starts the threads of a hub. The platform's run at the same time; a simulation runs what they would run one step
/// after the other, in an order of its own.
public interface Threads {

    /// A thread that runs rounds, one after the other, until one returns false.
    ///
    /// @param waitMax how long a round may wait for work
    LoopThread loop(String name, Duration waitMax, LoopThread.Round round);

    /// Threads that run tasks in the order in which they came.
    ///
    /// @param queueMax how many tasks may wait; `rejection` handles one more
    ExecutorService executor(String name, int count, int queueMax, RejectedExecutionHandler rejection);

    /// A daemon thread that runs tasks at their times.
    ScheduledExecutorService scheduler(String name);

    /// Platform threads.
    static Threads ofPlatform() {
        return PlatformThreads.INSTANCE;
    }
}
