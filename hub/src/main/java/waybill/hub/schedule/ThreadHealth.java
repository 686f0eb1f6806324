package waybill.hub.schedule;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records which essential threads have caught an [Error]. Such a thread continues, but its state is undefined: the hub
/// reports not ready until it is restarted. Thread-safe.
public final class ThreadHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadHealth.class);

    private final Set<String> failed = new ConcurrentSkipListSet<>();

    /// Records an error of the calling thread.
    public void failed(String doing, Error error) {
        var name = Thread.currentThread().getName();
        failed.add(name);
        LOG.error(
                "thread {} failed while {}; it continues, but the hub reports not ready until it is" + " restarted",
                name,
                doing,
                error);
    }

    /// The names of the failed threads.
    public Set<String> failed() {
        return Set.copyOf(failed);
    }
}
