package waybill.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Step;

/// The rules of offers: which command about one is refused, and which offers an order has after an event. An order
/// has at most one open offer, and the rounds of its offers grow by one, so of two nodes that make or close the same
/// offer one succeeds.
final class OfferRules {

    private OfferRules() {}

    /// Whether the command was executed before.
    static boolean isRepeat(Order order, OrderCommand.OnOffer command) {
        var offers = order.offers();
        return switch (command) {
            case OrderCommand.MakeOffer(var offer) -> offer.equals(offers.openOrNone());
            case OrderCommand.AcceptOffer(var driver) ->
                driver.equals(order.driverOrNone()) && order.state().isActive();
            case OrderCommand.DeclineOffer(var driver, var _) ->
                offers.declinedBy().contains(driver.id())
                        || (offers.declinedBy().size() >= OrderOffers.NAMES_MAX
                                && offers.open().filter(Offer::isToAll).isPresent());
            case OrderCommand.CloseOffer(var round, var _) ->
                round <= offers.rounds()
                        && offers.open().filter(open -> open.round() == round).isEmpty();
        };
    }

    /// Why the offers of the order do not permit the command.
    static Optional<Refused> refusal(Order order, OrderCommand command, Instant now) {
        var why = command instanceof OrderCommand.OnOffer onOffer
                ? objection(order, onOffer, now)
                : command instanceof OrderCommand.Claim(var driver)
                        ? objectionToClaim(order, driver)
                        : Optional.<String>empty();
        return why.map(text -> new Refused(Reason.CONFLICT, "order " + order.messageId() + ": " + text));
    }

    private static Optional<String> objection(Order order, OrderCommand.OnOffer command, Instant now) {
        return switch (command) {
            case OrderCommand.MakeOffer(var offer) -> objection(order, offer);
            case OrderCommand.AcceptOffer(var driver) -> objection(order, driver, now);
            case OrderCommand.DeclineOffer(var driver, var _) ->
                order.offers().openFor(driver.id()).isPresent() ? Optional.empty() : notOffered(order);
            case OrderCommand.CloseOffer(var round, var _) ->
                round > order.offers().rounds()
                        ? Optional.of("offer " + round + " (expected: at most "
                                + order.offers().rounds() + ")")
                        : Optional.empty();
        };
    }

    /// A driver may claim an order that is offered to all drivers, or to none.
    private static Optional<String> objectionToClaim(Order order, Actor driver) {
        return order.offers().open().filter(open -> !open.asks(driver.id())).isPresent()
                ? notOffered(order)
                : Optional.empty();
    }

    private static Optional<String> objection(Order order, Offer offer) {
        var offers = order.offers();
        if (order.driver().isPresent()) {
            return Optional.of("has a driver (expected: none)");
        }
        if (offers.openOrNone() != null || offer.round() != offers.rounds() + 1) {
            return Optional.of(
                    "offer " + offer.round() + " (expected: " + (offers.rounds() + 1) + ", when no other is open)");
        }
        if (offer.isToAll() && order.state() != OrderState.READY_FOR_PICKUP) {
            return Optional.of("offered to all drivers while " + order.state().wireName() + " (expected: "
                    + OrderState.READY_FOR_PICKUP.wireName() + ")");
        }
        return offer.drivers().stream()
                .filter(offers.declinedBy()::contains)
                .findFirst()
                .map(driver -> "driver " + driver + " has declined it (expected: another driver)");
    }

    private static Optional<String> objection(Order order, Actor driver, Instant now) {
        var offers = order.offers();
        var open = offers.open();
        if (open.filter(offer -> offer.isExpired(now)).isPresent()) {
            return Optional.of(
                    "its offer expired at " + open.get().expiresAt().orElseThrow() + " (expected: an answer before)");
        }
        if (offers.declinedBy().contains(driver.id())) {
            return Optional.of("driver " + driver.id() + " has declined it (expected: an offer that was not declined)");
        }
        return open.filter(offer -> offer.asks(driver.id())).isPresent() ? Optional.empty() : notOffered(order);
    }

    private static Optional<String> notOffered(Order order) {
        return Optional.of(
                order.offers().openOrNone() == null
                        ? "not offered now (expected: an open offer)"
                        : "offered to other drivers now (expected: an offer to this driver)");
    }

    /// The steps with the offers that the order has after each of them.
    static List<Step> withOffers(OrderOffers before, List<Step> steps, OfferPolicy policy, Instant now) {
        var offers = before;
        var after = new ArrayList<Step>(steps.size());
        for (var step : steps) {
            offers = after(step.event(), step.orderAfter().withOffers(offers.withoutClosed()), policy, now);
            after.add(new Step(step.event(), step.orderAfter().withOffers(offers)));
        }
        return after;
    }

    private static OrderOffers after(OrderEvent event, Order order, OfferPolicy policy, Instant now) {
        var offers = order.offers();
        return switch (event) {
            case OrderEvent.Offered(var offer) -> offers.withOpen(offer);
            case OrderEvent.OfferDeclined(var driver, var _) -> offers.decline(driver.id());
            case OrderEvent.HandedBack(var driver, var _) -> offers.decline(driver.id());
            case OrderEvent.OfferClosed(var _, var reason) ->
                reason == OrderEvent.CloseReason.EXPIRED ? offers.lapse() : offers.close();
            case OrderEvent.Assigned _, OrderEvent.DriverTakenOver _ -> offers.close();
            case OrderEvent.Paid _,
                    OrderEvent.DriverArriving _,
                    OrderEvent.DriverArrived _,
                    OrderEvent.ArrivalCorrected _,
                    OrderEvent.ProofRecorded _,
                    OrderEvent.OfTimes _,
                    OrderEvent.OfLinks _ -> offers;
            case OrderEvent.Placed _, OrderEvent.StateChanged _ -> {
                if (!order.state().isActive()) {
                    yield offers.end();
                }
                yield order.state() == OrderState.READY_FOR_PICKUP
                                && order.driver().isEmpty()
                        ? policy.whenReady(order, now).map(offers::withOpen).orElse(offers)
                        : offers;
            }
        };
    }
}
