package waybill.server.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The future of a periodic task, which ends with its process.
final class NotCancellable extends CompletableFuture<Object> implements ScheduledFuture<Object> {

    static final NotCancellable INSTANCE = new NotCancellable();

    private NotCancellable() {}

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        throw new UnsupportedOperationException("the hub cancels no periodic task");
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return 0;
    }

    @Override
    public int compareTo(Delayed other) {
        return 0;
    }
}
