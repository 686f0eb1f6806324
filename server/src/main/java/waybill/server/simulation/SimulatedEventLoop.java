package waybill.server.simulation;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An event loop of a simulated process. One pass over the tasks that wait is one step; only during it does the caller
/// count as the loop's thread.
final class SimulatedEventLoop extends AbstractScheduledEventExecutor implements EventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedEventLoop.class);

    private final String name;
    private final SimulatedProcess process;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean isRunning;
    private boolean isPassComing;
    private long timerNanos = Long.MAX_VALUE; // of the next pass for a timer

    SimulatedEventLoop(String name, SimulatedProcess process) {
        this.name = name;
        this.process = process;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        requestPass();
    }

    private void requestPass() {
        if (!isPassComing) {
            isPassComing = true;
            process.run(name, () -> {
                isPassComing = false;
                runPass();
            });
        }
    }

    private void runPass() {
        isRunning = true;
        try {
            for (var due = pollScheduledTask(ticker().nanoTime());
                    due != null;
                    due = pollScheduledTask(ticker().nanoTime())) {
                tasks.add(due);
            }
            for (var left = tasks.size(); left > 0; left--) {
                runGuarded(tasks.remove());
            }
        } finally {
            isRunning = false;
        }
        if (!tasks.isEmpty()) {
            requestPass();
        }
        requestTimer();
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of an event loop failed", e);
        }
    }

    private void requestTimer() {
        var deadline = nextScheduledTaskDeadlineNanos();
        if (deadline >= 0 && deadline < timerNanos) {
            timerNanos = deadline;
            process.run(name, Math.max(0, deadline - ticker().nanoTime()), () -> {
                if (timerNanos == deadline) {
                    timerNanos = Long.MAX_VALUE;
                }
                runPass();
            });
        }
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return isRunning;
    }

    @Override
    public Ticker ticker() {
        return process == null ? Ticker.systemTicker() : process.events().ticker();
    }

    @Override
    public EventLoopGroup parent() {
        return this;
    }

    @Override
    public EventLoop next() {
        return this;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Deprecated
    @Override
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("an event loop ends with its process");
    }

    @Override
    public Future<?> terminationFuture() {
        throw new UnsupportedOperationException("an event loop ends with its process");
    }

    @Deprecated
    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("an event loop ends with its process");
    }

    @Override
    public boolean isShuttingDown() {
        return false;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
