package waybill.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether what is submitted now would be kept, and if not, why. A change is one line in the operator's log; what stays
/// as it is says nothing again. Thread-safe.
final class StoreHealth {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    private boolean writable = true;
    private boolean checkpointed = true;
    private @Nullable String moved;
    private @Nullable String damage;

    synchronized boolean isWritable() {
        return writable && moved == null && damage == null;
    }

    /// The last attempt to write succeeded.
    synchronized void written() {
        if (!writable) {
            writable = true;
            LOG.info("the store can be written again");
        }
    }

    /// A write failed. The next probe says when that is over.
    synchronized void failed(Exception cause) {
        if (writable) {
            writable = false;
            LOG.error(
                    "the store cannot be written: {}; orders are answered unavailable, and the hub tries again by itself",
                    StorageException.words(cause));
            LOG.debug("the failure", cause);
        }
    }

    /// Nothing is written any more, as the operator wants it.
    synchronized void closed() {
        writable = false;
    }

    /// Whether the last attempt to write succeeded.
    synchronized boolean wasWritten() {
        return writable;
    }

    /// Why nothing may be acknowledged although a write would succeed: a file is not the one that was opened, or holds
    /// what the hub cannot read.
    synchronized Optional<String> obstacle() {
        return Optional.ofNullable(damage == null ? moved : damage);
    }

    /// The files on the disk are not those that are open; empty when they are.
    synchronized void moved(Optional<String> what) {
        var now = what.orElse(null);
        if (now != null && moved == null) {
            LOG.error(
                    "{}; what is written now would be lost when the hub ends, so orders are answered unavailable."
                            + " Put the file back, or stop the hub and restore a backup",
                    now);
        } else if (now == null && moved != null) {
            LOG.info("the files of the store are in place again");
        }
        moved = now;
    }

    /// Stays until the hub is started again.
    void damaged(String what) {
        endReadiness(what, DamagedException.ADVICE);
    }

    /// Another process appends to the log. Stays until the hub is started again.
    void overtaken() {
        endReadiness("another hub writes to waybill.db as well", "Stop one of the two, then start this one again");
    }

    private synchronized void endReadiness(String what, String advice) {
        if (damage == null) {
            damage = what;
            LOG.error("{}; orders are answered unavailable. {}", what, advice);
        }
    }

    synchronized boolean isCheckpointed() {
        return checkpointed;
    }

    /// What is written reaches waybill.db itself.
    synchronized void checkpointed() {
        if (!checkpointed) {
            checkpointed = true;
            LOG.info("waybill.db takes what is written again");
        }
    }

    synchronized void notCheckpointed(String why) {
        if (checkpointed) {
            checkpointed = false;
            LOG.error(
                    "waybill.db itself cannot be written: {}; what is acknowledged is safe in waybill.db-wal, which grows"
                            + " until the disk is full",
                    why);
        }
    }
}
