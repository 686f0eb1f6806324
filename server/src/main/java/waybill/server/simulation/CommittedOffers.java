package waybill.server.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import waybill.directory.DriverStatus;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.Offer;
import waybill.order.OrderEvent;

/// What must hold for the committed offers of orders to drivers.
final class CommittedOffers {

    private final Set<String> offDuty = new HashSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    void onEvent(LogEntry entry) {
        switch (entry.event()) {
            case OrderEvent.Offered(var offer) -> count(offer.isToAll() ? "to all" : "by name");
            case OrderEvent.OfferDeclined _ -> count("declined");
            case OrderEvent.OfferClosed(var _, var reason) -> count(reason.wireName());
            default -> {}
        }
        if (entry.event() instanceof OrderEvent.Assigned
                && entry.order()
                        .filter(order -> order.offers().closed().isPresent())
                        .isPresent()) {
            count("accepted");
        }
        if (entry.event() instanceof HubEvent.DriverStatusChanged changed) {
            if (changed.status() == DriverStatus.OFFLINE) {
                offDuty.add(changed.driver());
            } else {
                offDuty.remove(changed.driver());
            }
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /// An offer follows the one before, and asks no driver that is off duty or has declined.
    ///
    /// @param history the events of the order before
    void requireMade(LogEntry entry, Offer offer, List<LogEntry> history) {
        var before = history.getLast().order().orElseThrow().offers();
        if (before.open().isPresent() || offer.round() != before.rounds() + 1) {
            throw new InvariantViolation("event " + entry.sequence() + " makes offer " + offer.round() + " after "
                    + before + " (expected: one at a time, and the next round)");
        }
        for (var driver : offer.drivers()) {
            if (offDuty.contains(driver) || before.declinedBy().contains(driver)) {
                throw new InvariantViolation("event " + entry.sequence() + " asks driver " + driver
                        + ", which is off duty or has declined: " + before);
            }
        }
    }

    /// The acceptance came while the offer was open to that driver, by the time at which the hub received it.
    void requireAccepted(String driver, List<LogEntry> history) {
        for (var i = 1; i < history.size(); i++) {
            var entry = history.get(i);
            if (entry.event() instanceof OrderEvent.Assigned(var winner, var _)
                    && winner.id().equals(driver)) {
                var offer = history.get(i - 1).order().orElseThrow().offers().openFor(driver);
                if (offer.isEmpty() || offer.get().isExpired(entry.receivedAt())) {
                    throw new InvariantViolation("event " + entry.sequence() + " gives driver " + driver
                            + " an order whose offer it had not, or not in time: " + offer);
                }
            }
        }
    }
}
