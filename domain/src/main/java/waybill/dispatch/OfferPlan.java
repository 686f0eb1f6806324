package waybill.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.order.OrderId;

/// What one round of dispatch decides.
///
/// @param offers those that are due, of each driver at most one trip
/// @param unserved orders that no driver can be asked for
/// @param tentative the driver that each order would have, for the next round
/// @param nextDueMs when an offer that is not due yet will be; [#NEVER] if there is none
/// @param decisions why the orders of the offers have these drivers, of a strategy that plans their trips
public record OfferPlan(
        List<PlannedOffer> offers,
        Set<OrderId> unserved,
        Map<OrderId, String> tentative,
        long nextDueMs,
        List<StoredDecision> decisions) {

    public static final long NEVER = Long.MAX_VALUE;

    public OfferPlan {
        offers = List.copyOf(offers);
        unserved = Set.copyOf(unserved);
        tentative = Map.copyOf(tentative);
        decisions = List.copyOf(decisions);
    }

    /// A plan of a strategy that plans no trips.
    public OfferPlan(List<PlannedOffer> offers, Set<OrderId> unserved, Map<OrderId, String> tentative, long nextDueMs) {
        this(offers, unserved, tentative, nextDueMs, List.of());
    }
}
