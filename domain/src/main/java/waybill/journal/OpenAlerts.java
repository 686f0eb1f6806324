package waybill.journal;

import java.util.List;
import waybill.order.SystemAlert;

/// Reads the open alerts. A port: `storage` implements it.
@FunctionalInterface
public interface OpenAlerts {

    /// The oldest first.
    List<SystemAlert> list();
}
