package waybill.messaging;

import java.util.List;
import java.util.Optional;

/// Reads which confirmations are required. A port: `storage` implements it.
///
/// `StoreContract` tests what every implementation must do.
public interface Confirmations {

    /// At most `max` confirmations after that event, oldest first; of one store or of all, in one state or in any.
    List<Confirmation> search(Optional<String> store, Optional<Confirmation.State> state, long after, int max);
}
