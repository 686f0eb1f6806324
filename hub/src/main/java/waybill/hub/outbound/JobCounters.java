package waybill.hub.outbound;

import java.util.concurrent.atomic.LongAdder;
import waybill.outbound.JobState;

/// How often the attempts of a channel ended in which way, since the start, and how many jobs are stored. Thread-safe.
public final class JobCounters {

    private final LongAdder delivered = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private volatile long pendingJobs;
    private volatile long deadJobs;

    void count(JobState state) {
        switch (state) {
            case PENDING -> failed.increment();
            case DELIVERED -> delivered.increment();
            case SKIPPED -> skipped.increment();
            case DEAD -> dead.increment();
        }
    }

    void setStored(long pending, long deadLetters) {
        pendingJobs = pending;
        deadJobs = deadLetters;
    }

    /// Jobs that were to be sent when they were last counted.
    public long pendingJobs() {
        return pendingJobs;
    }

    /// Dead letters in the store when they were last counted.
    public long deadJobs() {
        return deadJobs;
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
