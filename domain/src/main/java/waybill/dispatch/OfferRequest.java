package waybill.dispatch;

import java.util.Set;
import waybill.order.OrderId;

/// An order that no driver is asked to deliver now, and that dispatch chooses drivers for.
///
/// @param isReady whether it is ready for pickup
/// @param round the round of its next offer
/// @param declinedBy drivers that are not asked again
/// @param lapsedFor drivers that did not answer before: they are asked again only if no other can be
public record OfferRequest(
        WaitingOrder order, boolean isReady, int round, Set<String> declinedBy, Set<String> lapsedFor) {

    public OfferRequest {
        declinedBy = Set.copyOf(declinedBy);
        lapsedFor = Set.copyOf(lapsedFor);
    }

    OrderId id() {
        return order.id();
    }

    /// Whether this driver can be asked.
    boolean permits(AvailableDriver driver) {
        return !declinedBy.contains(driver.id()) && !lapsedFor.contains(driver.id());
    }
}
