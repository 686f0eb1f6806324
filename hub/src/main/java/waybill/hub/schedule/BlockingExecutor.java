package waybill.hub.schedule;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import waybill.concurrent.Threads;

/// The threads for reads that block on the disk, so that event loops do not. Platform threads, since the database is
/// native code and would pin the carriers of virtual ones.
public final class BlockingExecutor {

    private static final int THREADS = 2;

    /// Queued reads; one more is rejected, and its client gets `unavailable`.
    private static final int QUEUE_MAX = 256;

    private BlockingExecutor() {}

    public static ExecutorService start(Threads threads) {
        return threads.executor("waybill-reader", THREADS, QUEUE_MAX, new ThreadPoolExecutor.AbortPolicy());
    }
}
