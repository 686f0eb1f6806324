package waybill.hub.dispatch;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.dispatch.DecisionLog;
import waybill.dispatch.OfferPlan;
import waybill.dispatch.StoredDecision;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.schedule.Leases;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderEvent.CloseReason;
import waybill.order.OrderId;

/// Offers orders to drivers and closes the offers that no driver has answered in time.
///
/// Each node follows the offers in the log; the one that has the lease makes and closes them. A round runs at most
/// once a second, and only if something has changed: an order, a driver's status, or the time at which an offer is
/// due. A decline is passed to the runner-up at once. Should two nodes act at a time, the order's transaction accepts
/// one of them, because each offer has a round.
///
/// Thread-safe: the relay's thread updates it, the scheduler's runs what is due, and rounds run on the blocking
/// executor, one at a time.
public final class Dispatcher {

    /// Open offers that name their drivers. While there are so many, no more are made.
    static final int OPEN_OFFERS_MAX = 10_000;

    /// Waiting orders of one round: those placed first.
    static final int ORDERS_MAX = OfferRound.MATCHED_ORDERS_MAX;

    /// Offers closed in one run.
    private static final int CLOSED_MAX = 100;

    private static final long ROUND_MS = 1_000;

    /// While an order waits, the drivers move: so long after a round comes the next.
    private static final long RECHECK_MS = 5_000;

    private static final String TASK = "dispatch";

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final DispatchSettings settings;
    private final Targets targets;
    private final ActiveOrders activeOrders;
    private final DriversOnDuty driversOnDuty;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Leases leases;
    private final OfferTracker tracker;
    private final OfferRound round;

    /// Where its offers and its decisions go.
    public record Targets(OrderCommandHandler orders, DecisionLog decisions) {}

    /// What its decisions are made from.
    public record Sources(ActiveOrders activeOrders, DriversOnDuty driversOnDuty, ReadyTimes readyTimes) {}

    private final AtomicLong rounds = new AtomicLong();
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private volatile boolean isChanged = true;
    private volatile long nextRoundMs = Long.MIN_VALUE;
    private volatile long wakeMs = Long.MAX_VALUE;

    /// Continues with the offers of the active orders.
    ///
    /// @param elapsedMs counts elapsed time, independent of the clock
    public Dispatcher(
            DispatchSettings settings,
            Targets targets,
            Sources sources,
            Executor blockingExecutor,
            InstantSource clock,
            LongSupplier elapsedMs,
            Leases leases) {
        this.settings = settings;
        this.targets =
                new Targets(targets.orders.withJournal(journal -> leases.fence(TASK, journal)), targets.decisions);
        activeOrders = sources.activeOrders;
        driversOnDuty = sources.driversOnDuty;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
        tracker = new OfferTracker(clock, elapsedMs);
        round = new OfferRound(settings, sources.readyTimes, elapsedMs);
        activeOrders.withoutDriver(Integer.MAX_VALUE).forEach(tracker::update);
    }

    /// On the relay's thread, once the projections have the event. One that is repeated after a crash changes
    /// nothing: what counts is the current state of its order.
    public void onEvent(LogEntry entry) {
        entry.order()
                .ifPresent(order ->
                        onEvent(entry.event(), activeOrders.byId(order.id()).orElse(order)));
        if (entry.event() instanceof HubEvent.DriverStatusChanged changed) {
            isChanged = true;
            if (!changed.status().isOnDuty() && leases.acquire(TASK)) {
                tracker.toOnly(changed.driver())
                        .forEach(open -> close(open.order(), open.offer(), CloseReason.WITHDRAWN));
            }
        }
    }

    private void onEvent(Event event, Order order) {
        var ended = tracker.update(order);
        if (tracker.hasWaiting()) {
            isChanged = true;
        }
        var wantsNext = event instanceof OrderEvent.OfferDeclined
                || (event instanceof OrderEvent.OfferClosed(var _, var reason) && reason == CloseReason.WITHDRAWN);
        if (wantsNext && order.driver().isEmpty() && leases.acquire(TASK)) {
            ended.ifPresent(offer -> askRunnerUp(order, offer));
        }
    }

    /// If none of the runners-up can be asked, the next round decides.
    private void askRunnerUp(Order order, Offer before) {
        var rounds = order.offers().rounds();
        var asked = tracker.askedDrivers();
        var next = before.runnersUp().stream()
                .filter(driver -> driversOnDuty.isOnDuty(driver)
                        && !asked.contains(driver)
                        && !order.offers().declinedBy().contains(driver))
                .findFirst();
        if (next.isEmpty() || rounds >= DispatchSettings.NAMED_ROUNDS_MAX) {
            return;
        }
        var driver = next.get();
        var now = clock.instant();
        make(new OfferRound.OfferOf(
                order.id(),
                new Offer(
                        rounds + 1,
                        List.of(driver),
                        now,
                        now.plus(settings.offerTimeout()),
                        before.runnersUp().stream()
                                .filter(one -> !one.equals(driver))
                                .toList())));
    }

    /// Called often; cheap until something is due.
    public void runDue() {
        if (!leases.acquire(TASK)) {
            return;
        }
        var nowMs = elapsedMs.getAsLong();
        tracker.takeDue(CLOSED_MAX, nowMs + ROUND_MS)
                .forEach(due -> close(due.order(), due.offer(), CloseReason.EXPIRED));
        if (nowMs >= nextRoundMs && (isChanged || nowMs >= wakeMs) && isRunning.compareAndSet(false, true)) {
            nextRoundMs = nowMs + ROUND_MS;
            wakeMs = Long.MAX_VALUE;
            isChanged = false;
            start();
        }
    }

    private void start() {
        try {
            blockingExecutor.execute(() -> {
                try {
                    runRound();
                } catch (RuntimeException e) {
                    LOG.error("a round of dispatch failed; orders wait for the next one", e);
                    wakeIn(RECHECK_MS);
                } finally {
                    rounds.incrementAndGet();
                    isRunning.set(false);
                }
            });
        } catch (RejectedExecutionException _) {
            isRunning.set(false);
            isChanged = true;
        }
    }

    private void runRound() {
        var free = OPEN_OFFERS_MAX - tracker.namedCount();
        var waiting = tracker.waiting(Math.min(ORDERS_MAX, Math.max(0, free)));
        if (waiting.isEmpty()) {
            if (tracker.hasWaiting()) {
                LOG.warn("{} offers are open (expected: fewer); orders wait until some are answered", OPEN_OFFERS_MAX);
                wakeIn(RECHECK_MS);
            }
            return;
        }
        var now = clock.instant();
        var result = round.plan(new OfferRound.Situation(
                waiting, driversOnDuty.available(now.toEpochMilli()), tracker.askedDrivers(), now));
        var decisions =
                result.decisions().stream().collect(Collectors.toMap(StoredDecision::order, Function.identity()));
        result.offers()
                .forEach(offer -> make(offer)
                        .thenAccept(made -> storeDecision(made, Optional.ofNullable(decisions.get(offer.order())))));
        wakeIn(
                result.nextDueMs() == OfferPlan.NEVER
                        ? RECHECK_MS
                        : Math.clamp(result.nextDueMs() - now.toEpochMilli(), 0, RECHECK_MS));
    }

    private void wakeIn(long ms) {
        wakeMs = elapsedMs.getAsLong() + ms;
    }

    /// Only what was committed is stored, beside the order's path.
    private void storeDecision(OrderResult result, Optional<StoredDecision> decision) {
        if (result instanceof OrderResult.Committed) {
            decision.ifPresent(targets.decisions()::append);
        }
    }

    private CompletableFuture<OrderResult> make(OfferRound.OfferOf offer) {
        return handle(offer.order(), new OrderCommand.MakeOffer(offer.offer())).whenComplete((result, thrown) -> {
            if (thrown != null) {
                LOG.warn(
                        "order {} could not be offered to drivers; the next round retries: {}",
                        offer.order(),
                        thrown.getMessage());
            }
            if (thrown != null || result instanceof OrderResult.Rejected) {
                isChanged = true; // the order or a driver has changed meanwhile
            }
        });
    }

    private void close(OrderId order, Offer offer, CloseReason reason) {
        handle(order, new OrderCommand.CloseOffer(offer.round(), reason)).whenComplete((_, thrown) -> {
            if (thrown != null) {
                LOG.warn(
                        "offer {} of order {} could not be closed; it is retried: {}",
                        offer.round(),
                        order,
                        thrown.getMessage());
            }
        });
    }

    private CompletableFuture<OrderResult> handle(OrderId order, OrderCommand command) {
        var now = clock.instant();
        return targets.orders()
                .handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ById(order), command, new Caller.Trusted(Actor.DISPATCH), now, now));
    }

    /// Rounds since the start of the process.
    public long rounds() {
        return rounds.get();
    }

    /// Offers that a driver can accept now.
    public int openOffers() {
        return tracker.openCount();
    }
}
