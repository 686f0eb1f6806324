package waybill.server.live;

import java.time.InstantSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.OrderPlacement;
import waybill.hub.refusal.Refusal;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.server.dialect.Dialect;
import waybill.server.socket.EventResponder;

/// The order commands of sockets: each message becomes a command, and is acknowledged once it is on disk.
public final class OrderCommands {

    private final OrderPlacement orderPlacement;
    private final OrderCommandHandler orders;
    private final InstantSource clock;

    public OrderCommands(OrderPlacement orderPlacement, OrderCommandHandler orders, InstantSource clock) {
        this.orderPlacement = orderPlacement;
        this.orders = orders;
        this.clock = clock;
    }

    void place(Principal principal, Dialect dialect, String form, EventResponder reply) {
        orderPlacement.place(principal, form).whenComplete((placed, thrown) -> {
            if (thrown != null) {
                reply.failed(thrown);
                return;
            }
            switch (placed) {
                case OrderPlacement.Outcome.Placed(var order, var again) ->
                    reply.ackJson(dialect.renderPlaced(order, again));
                case OrderPlacement.Outcome.Rejected(var refusal) ->
                    reply.failed(refusal.withField(
                            refusal.field().map(dialect::fieldName).orElse(null)));
            }
        });
    }

    void accept(Principal principal, OrderId order, EventResponder reply) {
        handle(principal, order, new OrderCommand.Accept(), reply);
    }

    void decline(Principal principal, OrderId order, String reason, EventResponder reply) {
        handle(principal, order, new OrderCommand.Decline(reason), reply);
    }

    void acceptOffer(Principal principal, OrderId order, EventResponder reply) {
        handle(principal, order, new OrderCommand.AcceptOffer(Actor.of(principal)), reply);
    }

    void declineOffer(Principal principal, OrderId order, String reason, EventResponder reply) {
        handle(principal, order, new OrderCommand.DeclineOffer(Actor.of(principal), reason), reply);
    }

    void handBack(Principal principal, OrderId order, String reason, EventResponder reply) {
        var driver = principal.role() == Role.DRIVER ? Actor.of(principal) : null;
        handle(principal, order, new OrderCommand.HandBack(driver, reason), reply);
    }

    private void handle(Principal principal, OrderId order, OrderCommand command, EventResponder reply) {
        var now = clock.instant();
        var request = new OrderCommandHandler.OrderRequest(
                new OrderReference.ById(order), command, new Caller.Authenticated(principal), now, now);
        orders.handle(request).whenComplete((outcome, thrown) -> {
            if (thrown != null) {
                reply.failed(thrown);
                return;
            }
            switch (outcome) {
                case OrderResult.Committed done -> reply.ok("eventId", done.eventId());
                case OrderResult.Duplicate _ -> reply.duplicate();
                case OrderResult.Rejected(var reason, var message) -> reply.failed(Refusal.of(reason, message));
            }
        });
    }
}
