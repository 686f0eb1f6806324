package waybill.server.rest.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.refusal.Refusal;
import waybill.tracking.FixOutcome;

/// Accepts drivers' reports of positions, from any protocol.
@FunctionalInterface
public interface PositionIngestion {

    /// The result of a report.
    sealed interface Result {

        /// It was accepted.
        ///
        /// @param outcome the result; of a list, the most useful one
        /// @param clockOffsetMs how much the phone's clock is ahead, negative if it is behind; 0 if it is right
        /// @param rejected the rejected ones of a list
        /// @param outcomes one for each of a list in their order, empty for a rejected one
        record Accepted(
                FixOutcome outcome,
                long clockOffsetMs,
                List<RejectedPosition> rejected,
                List<Optional<FixOutcome>> outcomes)
                implements Result {}

        record Rejected(Refusal refusal) implements Result {}
    }

    /// Classifies, stores and publishes them. Never blocks.
    ///
    /// @param isList whether it was a list, for which each position has a result
    /// @param unread the positions of the list that could not be parsed
    CompletionStage<Result> report(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread);
}
