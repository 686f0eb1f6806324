package waybill.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How the orders of a hub are offered to drivers.
///
/// @param isDispatched whether dispatch chooses the drivers of orders whose places are known
/// @param timeout how long drivers have to answer; empty for no deadline
public record OfferPolicy(boolean isDispatched, Optional<Duration> timeout) {

    /// Every order is offered to all drivers from when it is ready until one takes it.
    public static final OfferPolicy TO_ALL = new OfferPolicy(false, Optional.empty());

    public OfferPolicy {
        timeout.filter(time -> !time.isPositive()).ifPresent(time -> {
            throw new IllegalArgumentException("timeout: " + time + " (expected: more than zero)");
        });
    }

    /// The offer with which the order becomes ready, if it has no other: to all drivers, since nothing says which of
    /// them is near. Dispatch makes the offers of other orders.
    Optional<Offer> whenReady(Order order, Instant now) {
        var offers = order.offers();
        return offers.openOrNone() == null
                        && offers.rounds() < Offer.ROUNDS_MAX
                        && !(isDispatched && order.details().hasKnownPlaces())
                ? Optional.of(Offer.toAll(offers.rounds() + 1, now, timeout))
                : Optional.empty();
    }
}
