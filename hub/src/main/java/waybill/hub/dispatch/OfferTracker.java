package waybill.hub.dispatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The open offers of all orders, with their deadlines, and the orders that wait for an offer. A projection of the
/// log: the offers are in the store, so they outlive the process; here their deadlines are counted down by elapsed
/// time, so that setting the clock neither shortens nor extends one. Guarded by its monitor.
final class OfferTracker {

    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Map<OrderId, OpenOffer> open = new HashMap<>();
    private final TreeSet<OpenOffer> byTime =
            new TreeSet<>(Comparator.comparingLong(OpenOffer::dueMs).thenComparing(offer -> offer.order.value()));
    private final Map<OrderId, Waiting> waiting = new HashMap<>();

    /// @param dueMs the elapsed time at which it expires; [Long#MAX_VALUE] if it does not
    record OpenOffer(OrderId order, Offer offer, long dueMs) {}

    /// @param sinceMs the elapsed time since when no driver is asked for it
    record Waiting(Order order, long sinceMs) {}

    OfferTracker(InstantSource clock, LongSupplier elapsedMs) {
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// Updates an order from its current state. Returns the offer that was open before, if no offer is open now.
    synchronized Optional<Offer> update(Order order) {
        var offer = order.offers().openOrNone();
        var before = open.get(order.id());
        if (offer != null) {
            waiting.remove(order.id());
            var dueMs = before != null && before.offer.round() == offer.round() ? before.dueMs : dueMs(offer);
            remove(before);
            add(new OpenOffer(order.id(), offer, dueMs));
            return Optional.empty();
        }
        remove(before);
        if (isWaiting(order)) {
            var sinceMs = elapsedMs.getAsLong();
            waiting.compute(order.id(), (_, known) -> new Waiting(order, known == null ? sinceMs : known.sinceMs));
        } else {
            waiting.remove(order.id());
        }
        return Optional.ofNullable(before).map(OpenOffer::offer);
    }

    /// Whether drivers can be asked for the order: it has none, and is ready or is known to be picked up somewhere.
    private static boolean isWaiting(Order order) {
        return order.driver().isEmpty()
                && order.offers().rounds() < Offer.ROUNDS_MAX
                && order.state().awaitsDriver()
                && (order.state() == OrderState.READY_FOR_PICKUP
                        || order.details().hasKnownPlaces());
    }

    /// The remaining time by the clock, which may be wrong: at most the time that the drivers were given.
    private long dueMs(Offer offer) {
        return offer.expiresAt()
                .map(end -> Math.clamp(
                        Duration.between(clock.instant(), end).toMillis(),
                        0,
                        offer.timer().toMillis()))
                .map(leftMs -> elapsedMs.getAsLong() + leftMs)
                .orElse(Long.MAX_VALUE);
    }

    private void add(OpenOffer offer) {
        open.put(offer.order, offer);
        byTime.add(offer);
    }

    private void remove(@Nullable OpenOffer offer) {
        if (offer != null) {
            open.remove(offer.order);
            byTime.remove(offer);
        }
    }

    /// At most `max` offers whose time is up, the earliest first. Each is due again at `retryMs`, should its closing
    /// fail.
    synchronized List<OpenOffer> takeDue(int max, long retryMs) {
        var due = new ArrayList<OpenOffer>();
        while (due.size() < max && !byTime.isEmpty() && byTime.first().dueMs <= elapsedMs.getAsLong()) {
            var offer = byTime.pollFirst();
            due.add(offer);
            add(new OpenOffer(offer.order, offer.offer, retryMs));
        }
        return due;
    }

    /// At most `max` orders that wait for an offer: those that are ready first, and of them those placed first.
    synchronized List<Waiting> waiting(int max) {
        return waiting.values().stream()
                .sorted(Comparator.<Waiting, Boolean>comparing(one -> one.order.state() != OrderState.READY_FOR_PICKUP)
                        .thenComparing(one -> one.order.placedAt())
                        .thenComparing(one -> one.order.id().value()))
                .limit(max)
                .toList();
    }

    synchronized boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    synchronized int openCount() {
        return open.size();
    }

    /// Open offers that name their drivers.
    synchronized int namedCount() {
        return (int) open.values().stream().filter(one -> !one.offer.isToAll()).count();
    }

    /// The drivers that are asked by name now.
    synchronized Set<String> askedDrivers() {
        var asked = new HashSet<String>();
        open.values().forEach(one -> asked.addAll(one.offer.drivers()));
        return asked;
    }

    /// The open offers that ask this driver and no other.
    synchronized List<OpenOffer> toOnly(String driver) {
        var only = List.of(driver);
        return open.values().stream()
                .filter(one -> one.offer.drivers().equals(only))
                .toList();
    }
}
