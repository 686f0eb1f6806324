package waybill.tracking;

import java.util.List;

/// Where the points of tracks are written, batch by batch. A port: `storage` implements it in SQLite and PostgreSQL,
/// and
/// `storage-kafka` in a topic. One thread calls it, so that it may block: callers of [TrackLog#append] never do.
public interface TrackSink extends AutoCloseable {

    /// A failed write.
    final class FailedException extends Exception {

        private final boolean isTransient;

        /// @param reason for the operator
        /// @param isTransient whether the same batch may succeed later
        public FailedException(String reason, boolean isTransient, Throwable cause) {
            super(reason, cause);
            this.isTransient = isTransient;
        }

        /// A transient failure without a cause.
        public FailedException(String reason) {
            super(reason);
            isTransient = true;
        }

        public boolean isTransient() {
            return isTransient;
        }
    }

    /// A name for metrics: one lower-case word.
    String name();

    /// Writes the points. Returns when they are safe there, with how many of them were not there before. After a
    /// failure
    /// the whole batch may be written again.
    int write(List<ClassifiedFix> points) throws FailedException;

    /// Deletes some of the points that were recorded before then. True if it is to be called again soon.
    boolean purge(long beforeMs) throws FailedException;

    @Override
    void close();
}
