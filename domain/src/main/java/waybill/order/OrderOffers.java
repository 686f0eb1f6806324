package waybill.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The offers of one order to drivers.
///
/// @param rounds the round of its newest offer; 0 before the first
/// @param openOrNone the offer that a driver can accept
/// @param closedOrNone the offer that the newest event of the order closed, for the drivers that it asked
/// @param declinedBy the drivers that declined the order; none of them is asked again
/// @param lapsedFor the drivers that were asked by name and did not answer in time
public record OrderOffers(
        int rounds,
        @Nullable Offer openOrNone,
        @Nullable Offer closedOrNone,
        List<String> declinedBy,
        List<String> lapsedFor) {

    /// Drivers in each of the two lists. A further one that declines an offer to all may be asked again; of those
    /// that did not answer the earliest is evicted.
    public static final int NAMES_MAX = 100;

    public static final OrderOffers NONE = new OrderOffers(0, null, null, List.of(), List.of());

    public OrderOffers {
        declinedBy = List.copyOf(declinedBy);
        lapsedFor = List.copyOf(lapsedFor);
    }

    public Optional<Offer> open() {
        return Optional.ofNullable(openOrNone);
    }

    public Optional<Offer> closed() {
        return Optional.ofNullable(closedOrNone);
    }

    /// The open offer, if this driver may accept it.
    public Optional<Offer> openFor(String driver) {
        return open().filter(offer -> offer.asks(driver) && !declinedBy.contains(driver));
    }

    OrderOffers withOpen(Offer offer) {
        return new OrderOffers(offer.round(), offer, null, declinedBy, lapsedFor);
    }

    /// A copy after an event that closed no offer.
    OrderOffers withoutClosed() {
        return closedOrNone == null ? this : new OrderOffers(rounds, openOrNone, null, declinedBy, lapsedFor);
    }

    /// A copy in which the open offer, if there is one, is closed.
    OrderOffers close() {
        return openOrNone == null ? this : new OrderOffers(rounds, null, openOrNone, declinedBy, lapsedFor);
    }

    /// A copy in which the open offer is closed because no driver answered in time.
    OrderOffers lapse() {
        var lapsed = new ArrayList<>(lapsedFor);
        open().map(Offer::drivers)
                .ifPresent(asked -> asked.stream()
                        .filter(driver -> !lapsed.contains(driver))
                        .forEach(lapsed::add));
        return new OrderOffers(
                rounds,
                null,
                openOrNone,
                declinedBy,
                lapsed.subList(Math.max(0, lapsed.size() - NAMES_MAX), lapsed.size()));
    }

    /// A copy in which this driver has declined. An offer whose last driver declines is closed.
    OrderOffers decline(String driver) {
        var declined = new ArrayList<>(declinedBy);
        if (declined.size() < NAMES_MAX && !declined.contains(driver)) {
            declined.add(driver);
        }
        var open = openOrNone;
        if (open != null && !open.isToAll()) {
            var others = open.without(driver);
            open = others.isToAll() ? null : others; // no name is left
        }
        return new OrderOffers(rounds, open, null, declined, lapsedFor);
    }

    /// A copy for an order that has ended, to which no driver is asked any more.
    OrderOffers end() {
        var closed = close();
        return new OrderOffers(rounds, null, closed.closedOrNone, List.of(), List.of());
    }
}
