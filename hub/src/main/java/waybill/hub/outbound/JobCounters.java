package waybill.hub.outbound;

import java.util.concurrent.atomic.LongAdder;
import waybill.outbound.JobState;

/// How often the attempts of a channel ended in which way, since the start. Thread-safe.
public final class JobCounters {

    private final LongAdder delivered = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dead = new LongAdder();

    void count(JobState state) {
        switch (state) {
            case PENDING -> failed.increment();
            case DELIVERED -> delivered.increment();
            case SKIPPED -> skipped.increment();
            case DEAD -> dead.increment();
        }
    }

    public long delivered() {
        return delivered.sum();
    }

    public long skipped() {
        return skipped.sum();
    }

    /// Attempts that failed and are retried.
    public long failed() {
        return failed.sum();
    }

    public long dead() {
        return dead.sum();
    }
}
