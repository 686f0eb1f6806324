package waybill.hub.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchLimits;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.MatchingOffers;
import waybill.dispatch.NearestOffers;
import waybill.dispatch.OfferPlan;
import waybill.dispatch.OfferRequest;
import waybill.dispatch.OfferStrategy;
import waybill.dispatch.RankedOffers;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.TravelTimes;
import waybill.eta.StraightLine;
import waybill.hub.dispatch.DispatchSettings.Strategy;
import waybill.hub.dispatch.OfferTracker.Waiting;
import waybill.hub.eta.ReadyTimes;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// Decides which offers are made in a round: by the strategy to drivers by name, and to all drivers on duty where
/// none can be named. Called by one thread at a time.
final class OfferRound {

    /// A round with more waiting orders, or one after a matching that took longer than this, asks the nearest
    /// drivers.
    static final int MATCHED_ORDERS_MAX = 500;

    private static final long MATCHING_TIME_MAX_MS = 500;

    /// Rounds without a matching after one that took too long.
    private static final int ROUNDS_AFTER_OVERLOAD = 60;

    /// With fewer drivers there is nothing to match.
    private static final int MATCHED_DRIVERS_MIN = 3;

    private static final TravelTimes TRAVEL_TIMES = StraightLine::travelMs;

    private final DispatchSettings settings;
    private final WaitingOrders waitingOrders;
    private final LongSupplier elapsedMs;
    private final OfferStrategy matching =
            new MatchingOffers(TRAVEL_TIMES, DispatchLimits.defaults(), DispatchWeights.defaults());
    private final OfferStrategy nearest =
            new NearestOffers(TRAVEL_TIMES, DispatchLimits.defaults(), DispatchWeights.defaults());
    private final OfferStrategy configured;
    private Map<OrderId, String> tentative = Map.of();
    private int overloadedRounds;

    /// What is known when the round begins.
    ///
    /// @param available drivers on duty with a fresh position
    /// @param asked drivers that have an open offer by name
    record Situation(List<Waiting> waiting, List<AvailableDriver> available, Set<String> asked, Instant now) {}

    /// The offer of an order, with the round that it is.
    record OfferOf(OrderId order, Offer offer) {}

    /// @param nextDueMs by the clock, when an offer that is not due yet will be; [OfferPlan#NEVER] if there is none
    /// @param decisions why the orders of the offers have these drivers, as far as costs were compared
    record Result(List<OfferOf> offers, long nextDueMs, List<StoredDecision> decisions) {}

    OfferRound(DispatchSettings settings, ReadyTimes readyTimes, LongSupplier elapsedMs) {
        this.settings = settings;
        waitingOrders = new WaitingOrders(readyTimes);
        this.elapsedMs = elapsedMs;
        var limits = DispatchLimits.defaults();
        configured = switch (settings.strategy()) {
            case MATCHING -> matching;
            case NEAREST, OFF -> nearest;
            case CASCADE -> RankedOffers.cascade(TRAVEL_TIMES, limits);
            case WAVE -> RankedOffers.wave(TRAVEL_TIMES, limits, settings.waveSize());
            case MULTICAST -> RankedOffers.multicast(TRAVEL_TIMES, limits, settings.radiusMetres());
        };
    }

    Result plan(Situation situation) {
        var named = new ArrayList<OfferRequest>();
        var toAll = new ArrayList<Waiting>();
        var waitingOf = new HashMap<OrderId, Waiting>();
        for (var waiting : situation.waiting) {
            waitingOf.put(waiting.order().id(), waiting);
            request(waiting.order(), situation).ifPresentOrElse(named::add, () -> toAll.add(waiting));
        }
        var strategy = strategy(named.size(), situation.available.size());
        var drivers = strategy.asksForOneTripAtATime()
                ? situation.available.stream()
                        .filter(driver -> !situation.asked.contains(driver.id()))
                        .toList()
                : situation.available;
        var plan = plan(strategy, named, drivers, situation.now.toEpochMilli());
        var offers = new ArrayList<OfferOf>();
        for (var planned : plan.offers()) {
            offers.add(new OfferOf(
                    planned.order(),
                    new Offer(
                            Objects.requireNonNull(waitingOf.get(planned.order()))
                                            .order()
                                            .offers()
                                            .rounds()
                                    + 1,
                            planned.drivers(),
                            situation.now,
                            situation.now.plus(settings.offerTimeout()),
                            planned.runnersUp())));
        }
        plan.unserved().stream()
                .map(waitingOf::get)
                .filter(waiting -> drivers.size() == situation.available.size() || hasWaitedLong(waiting))
                .forEach(toAll::add);
        for (var waiting : toAll) {
            if (waiting.order().state() == OrderState.READY_FOR_PICKUP) {
                offers.add(toAll(waiting.order(), situation.now));
            }
        }
        return new Result(offers, plan.nextDueMs(), plan.decisions());
    }

    private OfferPlan plan(
            OfferStrategy strategy, List<OfferRequest> named, List<AvailableDriver> drivers, long nowMs) {
        var startMs = elapsedMs.getAsLong();
        var plan = strategy.plan(named, drivers, tentative, nowMs);
        tentative = plan.tentative();
        if (strategy.equals(matching) && elapsedMs.getAsLong() - startMs > MATCHING_TIME_MAX_MS) {
            overloadedRounds = ROUNDS_AFTER_OVERLOAD;
        }
        return plan;
    }

    /// Empty if no drivers can be named for the order.
    private Optional<OfferRequest> request(Order order, Situation situation) {
        var offers = order.offers();
        if (settings.strategy() == Strategy.OFF
                || situation.available.isEmpty()
                || offers.rounds() >= DispatchSettings.NAMED_ROUNDS_MAX) {
            return Optional.empty();
        }
        return waitingOrders
                .of(order, situation.now.toEpochMilli())
                .map(waiting -> new OfferRequest(
                        waiting,
                        order.state() == OrderState.READY_FOR_PICKUP,
                        offers.rounds() + 1,
                        new HashSet<>(offers.declinedBy()),
                        new HashSet<>(offers.lapsedFor())));
    }

    private OfferStrategy strategy(int orders, int drivers) {
        if (settings.strategy() != Strategy.MATCHING) {
            return configured;
        }
        if (overloadedRounds > 0) {
            overloadedRounds--;
            return nearest;
        }
        return orders >= MATCHED_ORDERS_MAX || drivers < MATCHED_DRIVERS_MIN ? nearest : matching;
    }

    /// Whether it has waited for as long as an offer: by then each driver that was asked for another order has
    /// answered.
    private boolean hasWaitedLong(Waiting waiting) {
        return elapsedMs.getAsLong() - waiting.sinceMs()
                >= settings.offerTimeout().toMillis();
    }

    private OfferOf toAll(Order order, Instant now) {
        var round = order.offers().rounds() + 1;
        var timedMax = DispatchSettings.TO_ALL_ROUNDS_MAX
                + (order.details().hasKnownPlaces() ? DispatchSettings.NAMED_ROUNDS_MAX : 0);
        var timeout = settings.strategy() == Strategy.OFF || round > timedMax
                ? Optional.<Duration>empty()
                : Optional.of(settings.offerTimeout());
        return new OfferOf(order.id(), Offer.toAll(round, now, timeout));
    }
}
