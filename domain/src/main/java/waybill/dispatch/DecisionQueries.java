package waybill.dispatch;

import java.util.List;
import waybill.order.OrderId;

/// Reads the stored decisions of dispatch. A port: `storage` implements it. It reads the disk.
public interface DecisionQueries {

    /// A decision and its number; later ones have greater numbers.
    record Saved(long id, StoredDecision decision) {}

    /// At most `max` decisions about an order with a number less than `before`, the newest first.
    List<Saved> listDecisions(OrderId order, long before, int max);

    /// At most `max` decisions with a number greater than `after`, the oldest first.
    List<Saved> listDecisions(long after, int max);
}
