package waybill.server.rest.http;

import java.time.Duration;
import waybill.server.rest.contract.Problem;

/// How many files may be uploaded and downloaded at a time. Safe from any thread.
final class UploadLimits {

    /// Uploads and downloads in progress, each: in all, and of one caller.
    private static final int TRANSFERS_MAX = 64;

    private static final int TRANSFERS_OF_CALLER_MAX = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MemoryLimit transfers = new MemoryLimit(TRANSFERS_MAX, TRANSFERS_OF_CALLER_MAX);

    /// A place for one transfer, or the [Problem] that there is none.
    MemoryLimit.Lease acquire(String caller) {
        var lease = transfers.lease(caller);
        if (!lease.tryHold(1)) {
            throw Problem.unavailable(
                    "files: too many are being sent at once (expected: at most " + TRANSFERS_OF_CALLER_MAX
                            + " of one user)",
                    RETRY_AFTER);
        }
        return lease;
    }
}
