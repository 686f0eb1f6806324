package waybill.server.rest.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.tracking.FixOutcome;

/// Takes where drivers say they are, from whichever way they say it.
@FunctionalInterface
public interface PositionIngestion {

    /// What came of a report.
    sealed interface Result {

        /// It was taken.
        ///
        /// @param outcome what became of it; of a list, of what was most of use in it
        /// @param clockOffsetMs how much the phone's clock is ahead, negative if it is behind; 0 if it is right
        /// @param rejected what was not accepted of a list
        /// @param outcomes one for each of a list in their order, empty for what was not accepted
        record Accepted(
                FixOutcome outcome,
                long clockOffsetMs,
                List<RejectedPosition> rejected,
                List<Optional<FixOutcome>> outcomes)
                implements Result {}

        /// Nothing of it was.
        ///
        /// @param code one of the hub's
        record Rejected(
                String code, String message, @Nullable String field, Duration retryAfter) implements Result {}
    }

    /// Classifies, remembers and tells them. Keeps nobody waiting.
    ///
    /// @param isList whether they came as a list, of which each is answered for itself
    /// @param unread what could not be understood of the list
    CompletionStage<Result> report(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread);
}
