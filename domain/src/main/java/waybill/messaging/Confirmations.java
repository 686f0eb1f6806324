package waybill.messaging;

import java.util.List;
import java.util.Optional;

/// Reads which receipts are asked for. A port: the domain owns it, `storage` fills it in.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface Confirmations {

    /// At most `max` receipts after that event, oldest first; of one store or of all, in one state or in any.
    List<Confirmation> search(Optional<String> store, Optional<Confirmation.State> state, long after, int max);
}
