package waybill.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads that wait for the disk, so that event loops need not. Platform threads, since the database is
/// native code and would pin the carriers of virtual ones.
final class Readers {

    private static final int THREADS = 2;

    /// Reads that may wait for a thread; one more is declined, and its caller answered `unavailable`.
    private static final int WAITING_MAX = 256;

    private Readers() {}

    static ExecutorService start() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().name("waybill-reader-", 0).factory());
    }
}
