package waybill.server.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.hub.position.DriverRateLimits;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.limit.RateLimiter;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderId;
import waybill.server.live.PositionPipeline.ListOutcome;
import waybill.server.live.PositionPipeline.Outcome;
import waybill.server.socket.EventResponder;
import waybill.socketio.packet.RawJson;
import waybill.tracking.DriverAssignment;
import waybill.tracking.FixOutcome;

/// Handles a driver's report of positions. In most cases the driver's orders are in memory; orders that are not
/// known as the driver's, because they were just assigned or have ended, are looked up.
final class PositionReportHandler {

    /// Orders that are looked up for one report. Those beyond it count as another driver's.
    static final int LOOK_UPS_MAX = 20;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LiveServices services;
    private final PositionPipeline positions;
    private final RateLimiter<String> lookUpLimiter = DriverRateLimits.ofLookUps();

    PositionReportHandler(LiveServices services, PositionPipeline positions) {
        this.services = services;
        this.positions = positions;
    }

    /// @param isList whether it was a list, for which each position has a result
    /// @param rejected the positions that could not be parsed
    void handle(
            ClientSession client,
            Principal driver,
            List<PositionReport> reports,
            boolean isList,
            List<RejectedPosition> rejected,
            EventResponder reply) {
        var outcome = positions.accept(driver, reports, isList, activeOrders(driver));
        if (outcome instanceof Outcome.LookupNeeded(var orders)) {
            lookUp(driver, reports, isList, orders, () -> takesBudget(client, orders))
                    .whenComplete((surely, thrown) -> {
                        if (thrown == null) {
                            respond(client, surely, rejected, reply);
                        } else {
                            reply.failed(thrown);
                        }
                    });
        } else {
            respond(client, outcome, rejected, reply);
        }
    }

    private boolean takesBudget(ClientSession client, Set<OrderId> orders) {
        var nowMs = services.clock().millis();
        var budget = client.orderCommands();
        for (var i = Math.min(LOOK_UPS_MAX, orders.size()); i > 0; i--) {
            if (!budget.take(nowMs)) {
                return false;
            }
        }
        return true;
    }

    /// The same, other than over a socket.
    CompletionStage<Outcome> handle(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread) {
        var outcome = positions.accept(driver, reports, isList, activeOrders(driver));
        CompletionStage<Outcome> surely = outcome instanceof Outcome.LookupNeeded(var orders)
                ? lookUp(
                        driver,
                        reports,
                        isList,
                        orders,
                        () -> lookUpLimiter.acquire(
                                        driver.id(),
                                        Math.min(LOOK_UPS_MAX, orders.size()),
                                        services.clock().millis())
                                == 0)
                : CompletableFuture.completedStage(outcome);
        return surely.thenApply(known -> known instanceof Outcome.Received received && received.listOrNone() != null
                ? received.with(merged(received.listOrNone(), unread))
                : known);
    }

    private FixRecorder.DriverOrders activeOrders(Principal driver) {
        return new FixRecorder.DriverOrders(services.activeOrders().ofDriver(driver.id()), Set.of(), false);
    }

    private CompletionStage<Outcome> lookUp(
            Principal driver,
            List<PositionReport> reports,
            boolean isList,
            Set<OrderId> orders,
            BooleanSupplier isInBudget) {
        if (!isInBudget.getAsBoolean()) {
            return CompletableFuture.completedStage(new Outcome.Rejected(Refusal.rateLimited(
                    "positions: too many orders that are not yours (expected: none for a while)", RETRY)));
        }
        return BlockingReads.supply(
                services.blockingExecutor(),
                () -> positions.accept(driver, reports, isList, lookedUpOrders(driver, orders)));
    }

    private FixRecorder.DriverOrders lookedUpOrders(Principal driver, Set<OrderId> orders) {
        var active = new ArrayList<>(services.activeOrders().ofDriver(driver.id()));
        var over = new HashSet<OrderId>();
        orders.stream()
                .limit(LOOK_UPS_MAX)
                .flatMap(id -> services.orderQueries().findOrder(id).stream())
                .forEach(order -> {
                    if (order.state().isActive() && OrderAuthorization.relationTo(driver, order) == Relation.DRIVER) {
                        active.add(order);
                    } else if (wasAssignedTo(driver, order)) {
                        over.add(order.id());
                    }
                });
        return new FixRecorder.DriverOrders(active, over, true);
    }

    /// Whether the order was this driver's until it ended, or until it was reassigned.
    private boolean wasAssignedTo(Principal driver, Order order) {
        return OrderAuthorization.relationTo(driver, order) == Relation.DRIVER
                || DriverAssignment.fromHistory(services.log().listHistory(order.id())).stream()
                        .anyMatch(turn -> turn.driver().equals(driver.id()));
    }

    private static void respond(
            ClientSession client, Outcome outcome, List<RejectedPosition> rejected, EventResponder reply) {
        switch (outcome) {
            case Outcome.Received received -> respondReceived(client, received, rejected, reply);
            case Outcome.LookupNeeded needed -> reply.failed(needed.refusal().withField(null));
            case Outcome.Rejected(var refusal) ->
                reply.failed(refusal.code() == ErrorCode.FORBIDDEN ? refusal.withField(null) : refusal);
        }
    }

    static Refusal notAssigned(OrderId order) {
        return Refusal.of(ErrorCode.FORBIDDEN, notAssignedMessage(order), "orderId");
    }

    static String notAssignedMessage(OrderId order) {
        return "order " + order + ": not one that you are busy with";
    }

    private static void respondReceived(
            ClientSession client, Outcome.Received received, List<RejectedPosition> rejected, EventResponder reply) {
        client.dialect
                .renderReceived(received.orderOrNone(), received.at(), received.outcome(), received.clockOffsetMs())
                .ifPresent(outgoing -> client.socket.emit(outgoing.event(), new RawJson(outgoing.json())));
        var list = received.listOrNone();
        if (list == null) {
            reply.ackUnlogged(PositionAcks.of(received.outcome(), received.clockOffsetMs(), client.dialect));
            return;
        }
        if (reply.ack().isRequested()) {
            reply.ackUnlogged(PositionAcks.of(
                    received.outcome(), received.clockOffsetMs(), merged(list, rejected), client.dialect));
        }
    }

    /// One list of all results, in the order of the reported positions.
    ///
    /// @param unread the positions that could not be parsed, and were left out before
    static ListOutcome merged(ListOutcome list, List<RejectedPosition> unread) {
        if (unread.isEmpty()) {
            return list;
        }
        var places = new HashSet<Integer>();
        unread.forEach(rejection -> places.add(rejection.index()));
        var rejected = new ArrayList<>(unread);
        var outcomes = new ArrayList<Optional<FixOutcome>>();
        var placeOf = new int[list.outcomes().size()];
        for (var i = 0; i < placeOf.length; i++) {
            while (places.contains(outcomes.size())) {
                outcomes.add(Optional.empty());
            }
            placeOf[i] = outcomes.size();
            outcomes.add(list.outcomes().get(i));
        }
        while (places.contains(outcomes.size())) {
            outcomes.add(Optional.empty());
        }
        list.rejected()
                .forEach(rejection -> rejected.add(
                        new RejectedPosition(placeOf[rejection.index()], rejection.field(), rejection.message())));
        rejected.sort((one, other) -> Integer.compare(one.index(), other.index()));
        return new ListOutcome(List.copyOf(rejected), List.copyOf(outcomes));
    }
}
