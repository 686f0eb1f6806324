package waybill.link;

import java.time.Instant;
import java.util.List;
import waybill.order.OrderId;

/// Changes the links of orders inside one transaction. A port: `storage` implements it.
public interface LinkWriter {

    /// Saves a link, and deletes the oldest live ones of its order beyond `perOrderMax`, which it returns. It also
    /// deletes some expired links of any order.
    List<TrackingLink> save(TrackingLink link, int perOrderMax);

    /// Deletes the links of an order and returns those that were live at `now`, oldest first.
    List<TrackingLink> deleteLinks(OrderId order, Instant now);
}
