package waybill.hub.schedule;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the threads that everything needs have come upon an error of the hub itself. Such a thread goes on with what
/// comes next, but what it left undone may be anything: the hub is not ready any more until it is started again.
/// Thread-safe.
public final class ThreadHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadHealth.class);

    private final Set<String> failed = new ConcurrentSkipListSet<>();

    /// The calling thread has come upon an error while it did something.
    public void failed(String doing, Error error) {
        var name = Thread.currentThread().getName();
        failed.add(name);
        LOG.error(
                "thread {} came upon an error while {}; it goes on with the next, and the hub is not ready until it is"
                        + " started again",
                name,
                doing,
                error);
    }

    /// The names of the threads that have, none while all is well.
    public Set<String> failed() {
        return Set.copyOf(failed);
    }
}
