package waybill.hub;

import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.directory.DriverState;
import waybill.hub.refusal.Refusal;

/// Sets the own status and shift of a driver from the JSON text that `PATCH /drivers/me/status` takes.
public interface DriverStatusChange {

    sealed interface Outcome {

        /// It is on disk. `eventId` is the sequence of its event, 0 if nothing changed.
        record Changed(DriverState driver, long eventId) implements Outcome {}

        record Rejected(Refusal refusal) implements Outcome {}
    }

    /// Never blocks.
    CompletionStage<Outcome> change(Principal by, String form);
}
