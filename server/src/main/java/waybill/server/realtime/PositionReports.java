package waybill.server.realtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Permission;
import waybill.order.Turn;
import waybill.order.Unavailable;
import waybill.server.dialect.Rejection;
import waybill.server.dialect.Report;
import waybill.server.realtime.Positions.OfList;
import waybill.server.realtime.Positions.Outcome;
import waybill.socketio.packet.RawJson;
import waybill.tracking.FixOutcome;

/// A driver says where it is. In all but a few cases memory knows of which orders that is news; orders that memory does
/// not know to be the driver's, because they have only just become so or are over, are looked up.
final class PositionReports {

    /// Orders that are looked up for one report. Of more it is taken that they are not the driver's.
    static final int LOOK_UPS_MAX = 20;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LiveServices services;
    private final Positions positions;
    private final DriverBudgets lookUps = DriverBudgets.ofLookUps();

    PositionReports(LiveServices services, Positions positions) {
        this.services = services;
        this.positions = positions;
    }

    /// @param isList whether they came as a list, of which each is answered for itself
    /// @param rejected what could not be understood of it
    void hear(
            Client client,
            Principal driver,
            List<Report> reports,
            boolean isList,
            List<Rejection> rejected,
            Reply reply) {
        var outcome = positions.hear(driver, reports, isList, known(driver));
        if (outcome instanceof Outcome.Unsure(var orders)) {
            lookUp(driver, reports, isList, orders, () -> takes(client, orders)).whenComplete((surely, thrown) -> {
                if (thrown == null) {
                    answer(client, surely, rejected, reply);
                } else {
                    reply.failed(Failure.of(thrown));
                }
            });
        } else {
            answer(client, outcome, rejected, reply);
        }
    }

    private boolean takes(Client client, Set<OrderId> orders) {
        var nowMs = services.clock().millis();
        var budget = client.orderWork(nowMs);
        for (var i = Math.min(LOOK_UPS_MAX, orders.size()); i > 0; i--) {
            if (!budget.take(nowMs)) {
                return false;
            }
        }
        return true;
    }

    /// The same over another way than a socket.
    CompletionStage<Outcome> hear(Principal driver, List<Report> reports, boolean isList, List<Rejection> unread) {
        var outcome = positions.hear(driver, reports, isList, known(driver));
        CompletionStage<Outcome> surely = outcome instanceof Outcome.Unsure(var orders)
                ? lookUp(
                        driver,
                        reports,
                        isList,
                        orders,
                        () -> lookUps.take(
                                driver.id(),
                                Math.min(LOOK_UPS_MAX, orders.size()),
                                services.clock().millis()))
                : CompletableFuture.completedStage(outcome);
        return surely.thenApply(known -> known instanceof Outcome.Received received && received.listOrNone() != null
                ? received.with(merged(received.listOrNone(), unread))
                : known);
    }

    private FixIntake.Known known(Principal driver) {
        return new FixIntake.Known(services.active().ofDriver(driver.id()), Set.of(), false);
    }

    private CompletionStage<Outcome> lookUp(
            Principal driver, List<Report> reports, boolean isList, Set<OrderId> orders, BooleanSupplier isInBudget) {
        if (!isInBudget.getAsBoolean()) {
            return CompletableFuture.completedStage(new Outcome.Refused(
                    "rate_limited",
                    "positions: too many orders that are not yours (expected: none for a while)",
                    null,
                    RETRY.toMillis()));
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> positions.hear(driver, reports, isList, looked(driver, orders)), services.readers());
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedStage(new Unavailable("too many reads wait (expected: fewer)", RETRY));
        }
    }

    private FixIntake.Known looked(Principal driver, Set<OrderId> orders) {
        var active = new ArrayList<>(services.active().ofDriver(driver.id()));
        var over = new HashSet<OrderId>();
        orders.stream()
                .limit(LOOK_UPS_MAX)
                .flatMap(id -> services.book().byId(id).stream())
                .forEach(order -> {
                    if (order.state().isActive() && Permission.relation(driver, order) == Relation.DRIVER) {
                        active.add(order);
                    } else if (wasTheirs(driver, order)) {
                        over.add(order.id());
                    }
                });
        return new FixIntake.Known(active, over, true);
    }

    /// Whether the order was this driver's until it was over, or until another driver got it.
    private boolean wasTheirs(Principal driver, Order order) {
        return Permission.relation(driver, order) == Relation.DRIVER
                || Turn.of(services.log().history(order.id())).stream()
                        .anyMatch(turn -> turn.driver().equals(driver.id()));
    }

    private static void answer(Client client, Outcome outcome, List<Rejection> rejected, Reply reply) {
        switch (outcome) {
            case Outcome.Received received -> received(client, received, rejected, reply);
            case Outcome.Unsure(var orders) ->
                reply.failed(Failure.forbidden(notTheirs(orders.iterator().next())));
            case Outcome.Refused(var code, var message, var field, var retryAfterMs) ->
                reply.failed(new Failure(code, message, code.equals("forbidden") ? null : field, retryAfterMs));
        }
    }

    static String notTheirs(OrderId order) {
        return "order " + order + ": not one that you are busy with";
    }

    private static void received(Client client, Outcome.Received received, List<Rejection> rejected, Reply reply) {
        client.dialect
                .received(received.orderOrNone(), received.at(), received.outcome(), received.clockOffsetMs())
                .ifPresent(word -> client.socket.emit(word.event(), new RawJson(word.json())));
        var list = received.listOrNone();
        if (list == null) {
            reply.ok(received.outcome(), received.clockOffsetMs(), client.dialect);
            return;
        }
        reply.ok(received.outcome(), received.clockOffsetMs(), merged(list, rejected), client.dialect);
    }

    /// One list of what became of each, in the places that they had when they came.
    ///
    /// @param unread what could not be understood, and was left out before
    static OfList merged(OfList list, List<Rejection> unread) {
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
                        new Rejection(placeOf[rejection.index()], rejection.field(), rejection.message())));
        rejected.sort((one, other) -> Integer.compare(one.index(), other.index()));
        return new OfList(List.copyOf(rejected), List.copyOf(outcomes));
    }
}
