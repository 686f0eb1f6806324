package waybill.hub.position;

import java.util.List;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;

/// Accepts drivers' reports of positions, from any protocol.
public interface PositionIngestion {

    /// Classifies, stores and publishes them. Never blocks.
    ///
    /// @param isList whether it was a list, for which each position has a result
    /// @param unread the positions of the list that could not be parsed
    CompletionStage<ReportOutcome> report(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread);

    /// Stores positions that cannot be believed in the driver's history, marked as implausible. A time that cannot be
    /// is replaced by that of arrival.
    void recordImplausible(Principal driver, List<PositionReport> reports);

    /// After how many milliseconds the driver should report again; 0 if it is not known.
    long nextIntervalMs(Principal driver);
}
