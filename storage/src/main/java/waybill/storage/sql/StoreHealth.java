package waybill.storage.sql;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether what is submitted now would be kept, and if not, why. A change is one line in the operator's log; what
/// stays as it is says nothing again. Thread-safe.
public final class StoreHealth {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    private final FailureClassifier failures;
    private final String database;
    private boolean writable = true;
    private @Nullable String writeFailure;
    private boolean checkpointed = true;
    private @Nullable String fileChange;
    private @Nullable String damage;

    /// The health of a file of SQLite.
    ///
    /// @param failures classifies the failures of the database
    public StoreHealth(FailureClassifier failures) {
        this(failures, "waybill.db");
    }

    /// @param failures classifies the failures of the database
    /// @param database its name
    public StoreHealth(FailureClassifier failures, String database) {
        this.failures = failures;
        this.database = database;
    }

    public FailureClassifier failures() {
        return failures;
    }

    public synchronized boolean isWritable() {
        return writable && fileChange == null && damage == null;
    }

    /// The last attempt to write succeeded.
    public synchronized void onWriteSucceeded() {
        if (!writable) {
            writable = true;
            writeFailure = null;
            LOG.info("the store can be written again");
        }
    }

    /// A write failed. The next probe says when that is over.
    public synchronized void onWriteFailed(Exception cause) {
        var why = failures.describe(cause);
        if (failures.isCorruption(cause)) {
            onCorruption(database + " is damaged: " + why);
        }
        if (writable || !why.equals(writeFailure)) {
            writable = false;
            writeFailure = why;
            LOG.error(
                    "the store cannot be written: {}; orders are answered unavailable, and the hub tries again by itself",
                    why);
            LOG.debug("the failure", cause);
        }
    }

    /// Nothing is written any more: the operator stops the hub.
    public synchronized void onClosed() {
        writable = false;
    }

    /// Whether the last attempt to write succeeded.
    public synchronized boolean isLastWriteSuccessful() {
        return writable;
    }

    /// Why nothing may be acknowledged although a write would succeed: a file is not the one that was opened, or
    /// holds what the hub cannot read.
    public synchronized Optional<String> unavailableReason() {
        return Optional.ofNullable(damage == null ? fileChange : damage);
    }

    /// Why the store cannot be written, for the operator; empty if it can, or if it is closed.
    public synchronized Optional<String> failure() {
        return unavailableReason().or(() -> Optional.ofNullable(writeFailure));
    }

    /// The files on the disk are not those that are open; empty when they are.
    public synchronized void onFilesChanged(Optional<String> what) {
        var now = what.orElse(null);
        if (now != null && fileChange == null) {
            LOG.error(
                    "{}; what is written now would be lost when the hub ends, so orders are answered unavailable."
                            + " Put the file back, or stop the hub and restore a backup",
                    now);
        } else if (now == null && fileChange != null) {
            LOG.info("the files of the store are in place again");
        }
        fileChange = now;
    }

    /// Stays until the hub is started again.
    public void onCorruption(String what) {
        makeUnavailable(what, CorruptDataException.ADVICE);
    }

    /// Another process appends to the log. Stays until the hub is started again.
    public void onConcurrentWriter() {
        makeUnavailable(
                "another hub writes to " + database + " as well", "Stop one of the two, then start this one again");
    }

    /// The log ends earlier than it did. Stays until the hub is started again.
    public void onLogShortened(long lastSequence, long lastSequenceBefore) {
        makeUnavailable(
                database + " has " + lastSequence + " events, and had " + lastSequenceBefore
                        + ": a standby has taken over that lacked some",
                "Clients may have received what is lost. Start all hubs again");
    }

    private synchronized void makeUnavailable(String what, String advice) {
        if (damage == null) {
            damage = what;
            LOG.error("{}; orders are answered unavailable. {}", what, advice);
        }
    }

    public synchronized boolean isWalCheckpointed() {
        return checkpointed;
    }

    /// What is written reaches waybill.db itself.
    public synchronized void onWalCheckpointed() {
        if (!checkpointed) {
            checkpointed = true;
            LOG.info("waybill.db takes what is written again");
        }
    }

    public synchronized void onWalCheckpointFailed(String why) {
        if (checkpointed) {
            checkpointed = false;
            LOG.error(
                    "waybill.db itself cannot be written: {}; what is acknowledged is safe in waybill.db-wal, which grows"
                            + " until the disk is full",
                    why);
        }
    }
}
