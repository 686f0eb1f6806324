package waybill.outbound;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of an attempt to send a job.
public sealed interface JobOutcome {

    /// Fit to be stored and shown to the operator: it has no secret.
    String detail();

    /// The receiver has accepted it.
    record Delivered(String detail) implements JobOutcome {}

    /// It failed, and may succeed later.
    ///
    /// @param retryAfterOrNone after which time the receiver wants the next attempt
    record Failed(String detail, @Nullable Duration retryAfterOrNone) implements JobOutcome {

        public Failed(String detail) {
            this(detail, null);
        }

        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfterOrNone);
        }
    }

    /// It fails however often it is sent.
    record Rejected(String detail) implements JobOutcome {}

    /// There is no reason to send it any more.
    record Skipped(String detail) implements JobOutcome {}
}
