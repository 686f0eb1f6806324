package waybill.notification;

import java.time.Duration;
import java.time.Instant;

/// Changes receipts inside one transaction. A port: `storage` implements it.
public interface ReceiptWriter {

    /// A receipt is deleted after this: jobs are not retried for longer.
    Duration RETENTION = Duration.ofDays(30);

    /// Old receipts that are deleted for each that is saved, so that they never pile up.
    int PURGED_MAX = 4;

    /// A receipt that exists stays as it is.
    void saveReceipt(long job, String receiver, Instant at);
}
