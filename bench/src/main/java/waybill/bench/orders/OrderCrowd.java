package waybill.bench.orders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import waybill.hub.OrderCommandHandler;

/// Concurrent clients that place orders, each on a virtual thread, as fast as possible or at a common rate.
final class OrderCrowd {

    /// The results; latencies are in microseconds.
    record Result(long commands, Histogram latency) {}

    private static final long LATENCY_MAX_US = TimeUnit.MINUTES.toMicros(1);
    private static final int LATENCY_DIGITS = 3;

    private final List<Thread> threads = new ArrayList<>();
    private final OrderCommandHandler orders;
    private final int clients;
    private final OrderClient.Life life;
    private final long intervalNs;
    private volatile ConcurrentHistogram latency = histogram();
    private volatile boolean stopping;

    /// @param commandsPerSecond of all clients together; empty is as fast as possible
    OrderCrowd(OrderCommandHandler orders, int clients, OrderClient.Life life, Optional<Integer> commandsPerSecond) {
        this.orders = orders;
        this.clients = clients;
        this.life = life;
        intervalNs = commandsPerSecond
                .map(rate -> TimeUnit.SECONDS.toNanos(1) * clients / rate)
                .orElse(0L);
    }

    void start() {
        for (int number = 0; number < clients; number++) {
            var client = new OrderClient(orders, number, life);
            var firstNs = System.nanoTime() + intervalNs * number / clients;
            threads.add(Thread.ofVirtual().start(() -> run(client, firstNs)));
        }
    }

    /// At a fixed rate, latency counts from when a command was due, so that a pause of the store counts in full.
    private void run(OrderClient client, long firstNs) {
        var dueNs = firstNs;
        while (!stopping) {
            if (intervalNs > 0) {
                sleepUntil(dueNs);
            } else {
                dueNs = System.nanoTime();
            }
            client.next();
            latency.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - dueNs), LATENCY_MAX_US));
            dueNs += intervalNs;
        }
    }

    private static void sleepUntil(long timeNs) {
        for (var remainingNs = timeNs - System.nanoTime(); remainingNs > 0; remainingNs = timeNs - System.nanoTime()) {
            LockSupport.parkNanos(remainingNs); // may return early
        }
    }

    Result measure(Duration time) throws InterruptedException {
        latency = histogram();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        var measured = latency;
        latency = histogram();
        return new Result(measured.getTotalCount(), measured);
    }

    void stop() throws InterruptedException {
        stopping = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    private static ConcurrentHistogram histogram() {
        return new ConcurrentHistogram(LATENCY_MAX_US, LATENCY_DIGITS);
    }
}
