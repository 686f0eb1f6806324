package waybill.server.realtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Permission;
import waybill.order.Unavailable;
import waybill.server.dialect.Report;
import waybill.server.realtime.Positions.Outcome;
import waybill.socketio.packet.RawJson;

/// A driver says where it is. In all but a few cases memory knows of which orders that is news; an order that
/// memory does not know to be the driver's, because it has only just become so, is looked up.
final class PositionReports {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LiveServices services;
    private final Positions positions;

    PositionReports(LiveServices services, Positions positions) {
        this.services = services;
        this.positions = positions;
    }

    void hear(Client client, Principal driver, List<Report> reports, Reply reply) {
        var outcome = positions.hear(driver, reports);
        if (outcome instanceof Outcome.Unsure(var order)) {
            lookUp(client, driver, reports, order, reply);
        } else {
            answer(client, outcome, reply);
        }
    }

    private void lookUp(Client client, Principal driver, List<Report> reports, OrderId order, Reply reply) {
        var nowMs = services.clock().millis();
        var budget = client.orderWork(nowMs);
        if (budget.take(nowMs)) {
            lookUp(driver, reports, order).whenComplete((surely, thrown) -> {
                if (thrown == null) {
                    answer(client, surely, reply);
                } else {
                    reply.failed(Failure.of(thrown));
                }
            });
        } else {
            reply.failed(Failure.rateLimited(reply.event(), budget.retryAfterMs()));
        }
    }

    /// The same over another way than a socket.
    CompletionStage<Outcome> hear(Principal driver, List<Report> reports) {
        var outcome = positions.hear(driver, reports);
        return outcome instanceof Outcome.Unsure(var order)
                ? lookUp(driver, reports, order)
                : CompletableFuture.completedStage(outcome);
    }

    /// Still [Outcome.Unsure] of an order that is not the driver's.
    private CompletionStage<Outcome> lookUp(Principal driver, List<Report> reports, OrderId id) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> services.book()
                            .byId(id)
                            .filter(order ->
                                    order.state().isActive() && Permission.relation(driver, order) == Relation.DRIVER)
                            .map(order -> positions.hear(driver, reports, with(order, driver)))
                            .orElseGet(() -> new Outcome.Unsure(id)),
                    services.readers());
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedStage(new Unavailable("too many reads wait (expected: fewer)", RETRY));
        }
    }

    private List<Order> with(Order order, Principal driver) {
        return Stream.concat(services.active().ofDriver(driver.id()).stream(), Stream.of(order))
                .toList();
    }

    private static void answer(Client client, Outcome outcome, Reply reply) {
        switch (outcome) {
            case Outcome.Received received -> received(client, received, reply);
            case Outcome.Unsure(var order) -> reply.failed(notTheirs(order));
            case Outcome.Refused(var code, var message, var field) ->
                reply.failed(new Failure(code, message, field, 0));
        }
    }

    private static Failure notTheirs(OrderId order) {
        return Failure.forbidden("order " + order + ": not one that you are busy with");
    }

    private static void received(Client client, Outcome.Received received, Reply reply) {
        client.dialect
                .received(received.orderOrNone(), received.at())
                .ifPresent(word -> client.socket.emit(word.event(), new RawJson(word.json())));
        reply.ok();
    }
}
