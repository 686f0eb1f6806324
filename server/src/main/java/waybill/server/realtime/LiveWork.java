package waybill.server.realtime;

import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.order.Actor;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Orders.Which;
import waybill.order.Speaker;
import waybill.server.dialect.Dialect;

/// What a socket does to orders: turned into a command, and answered once it is on disk.
final class LiveWork {

    private final LiveServices services;

    LiveWork(LiveServices services) {
        this.services = services;
    }

    void place(Principal principal, Dialect dialect, String form, Reply reply) {
        services.placement().place(principal, form).whenComplete((placed, thrown) -> {
            if (thrown != null) {
                reply.failed(Failure.of(thrown));
                return;
            }
            switch (placed) {
                case Placement.Outcome.Placed(var order, var again) -> reply.answered(dialect.placed(order, again));
                case Placement.Outcome.Refused(var code, var message, var field, var retryAfter) ->
                    reply.failed(
                            new Failure(code, message, field.map(dialect::field).orElse(null), retryAfter.toMillis()));
            }
        });
    }

    void accept(Principal principal, OrderId order, Reply reply) {
        handle(principal, order, new OrderCommand.Accept(), reply);
    }

    void decline(Principal principal, OrderId order, String reason, Reply reply) {
        handle(principal, order, new OrderCommand.Decline(reason), reply);
    }

    void claim(Principal principal, OrderId order, Reply reply) {
        handle(principal, order, new OrderCommand.Claim(Actor.of(principal)), reply);
    }

    /// It is offered to every driver, so that one does not want it changes nothing.
    void pass(Principal principal, OrderId order, Reply reply) {
        if (Access.allows(principal.role(), Action.CLAIM, Relation.NONE)) {
            reply.ok();
        } else {
            reply.failed(Failure.forbidden("order " + order + ": not offered to you"));
        }
    }

    private void handle(Principal principal, OrderId order, OrderCommand command, Reply reply) {
        var now = services.clock().instant();
        var request = new Orders.Request(new Which.ById(order), command, new Speaker.Known(principal), now, now);
        services.orders().handle(request).whenComplete((outcome, thrown) -> {
            if (thrown != null) {
                reply.failed(Failure.of(thrown));
                return;
            }
            switch (outcome) {
                case Outcome.Done done -> reply.ok("eventId", done.eventId());
                case Outcome.Duplicate _ -> reply.duplicate();
                case Outcome.Declined(var reason, var message) -> reply.failed(Failure.of(reason, message));
            }
        });
    }
}
