package waybill.server.rest;

import java.util.function.Function;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.Actor;
import waybill.order.Ledger;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;

/// Has something done to an order: a request becomes a command, and what comes of it the answer. Whether it may be done
/// is decided with the order at hand, in the same transaction.
final class OrderWrites {

    private final RestServices services;
    private final OrderForm form;

    OrderWrites(RestServices services) {
        this.services = services;
        form = new OrderForm(services.settings(), services.ids());
    }

    Doing place(Call call) {
        var request = form.request(call);
        return new Doing.Writing(ledger -> switch (services.orders().decided(ledger, request)) {
            case Outcome.Done(var order, var _) ->
                Reply.created(OrderJson.of(order)).with("location", "/api/v1/orders/" + order.id());
            case Outcome.Duplicate(var order) -> Reply.ok(OrderJson.of(order));
            case Outcome.Declined(var reason, var message) ->
                Problem.of(reason, message).reply();
        });
    }

    Doing changeStatus(Call call) {
        return moving(call, command(call));
    }

    private static OrderCommand command(Call call) {
        var word = call.body().text("status");
        var reason = call.body().find("reason");
        return switch (OrderState.of(word).orElse(OrderState.NEW)) {
            case ACCEPTED -> new OrderCommand.Accept();
            case DECLINED -> new OrderCommand.Decline(reason.orElse(""));
            case PREPARING -> new OrderCommand.Prepare();
            case READY_FOR_PICKUP -> new OrderCommand.MarkReady();
            case ASSIGNED_TO_DRIVER -> claim(call.by());
            case PICKED_UP -> new OrderCommand.PickUp();
            case IN_TRANSIT -> new OrderCommand.Depart();
            case DELIVERED -> new OrderCommand.Deliver();
            case CANCELLED -> new OrderCommand.Cancel(reason.orElse(""));
            case FAILED ->
                new OrderCommand.Fail(reason.orElseThrow(
                        () -> Problem.invalid("reason", "reason: missing (expected: why it could not be delivered)")));
            case RETURNED -> new OrderCommand.Return();
            case PAYMENT_CONFIRMED -> throw unsuited(word, "POST to payment, which says how much was paid and how");
            case NEW, PENDING -> throw unsuited(word, "a state that an order goes to after it was placed");
            case EXPIRED -> throw Problem.forbidden("status: expired (expected: what somebody does; time does that)");
        };
    }

    private static OrderCommand claim(Principal by) {
        if (by.role() != Role.DRIVER) {
            throw unsuited(
                    "assigned_to_driver", "POST to assign, which says to whom; only a driver claims an order so");
        }
        return new OrderCommand.Claim(Actor.of(by));
    }

    private static Problem unsuited(String word, String expected) {
        return Problem.invalid("status", "status: " + word + " (expected: " + expected + ")");
    }

    Doing assign(Call call) {
        return moving(call, new OrderCommand.Assign(Actor.driver(call.body().text("driverId"))));
    }

    Doing cancel(Call call) {
        return moving(call, new OrderCommand.Cancel(call.body().text("reason")));
    }

    /// In the currency of the order, unless another one is said.
    Doing pay(Call call) {
        var said = OrderForm.currency(call.body());
        var method = call.body().text("paymentMethod");
        return moving(call, ledger -> {
            var currency = said.orElseGet(() -> currencyOf(ledger, call.order()));
            return new OrderCommand.Pay(
                    Prices.amount(call.body(), "amount", "amountMinor", currency)
                            .orElseThrow(),
                    method);
        });
    }

    private String currencyOf(Ledger ledger, OrderId id) {
        return ledger.byId(id)
                .map(Order::details)
                .flatMap(details -> details.total().or(details::fare))
                .map(Money::currency)
                .orElse(services.settings().currency());
    }

    private Doing moving(Call call, OrderCommand command) {
        return moving(call, _ -> command);
    }

    private Doing moving(Call call, Function<Ledger, OrderCommand> command) {
        var which = new Orders.Which.ById(call.order());
        var occurredAt = call.occurredAt();
        return new Doing.Writing(ledger -> {
            var request =
                    new Orders.Request(which, command.apply(ledger), call.speaker(), occurredAt, call.receivedAt());
            return switch (services.orders().decided(ledger, request)) {
                case Outcome.Done(var order, var _) -> Reply.ok(OrderJson.of(order));
                case Outcome.Duplicate(var order) -> Reply.ok(OrderJson.of(order));
                case Outcome.Declined(var reason, var message) ->
                    Problem.of(reason, message).reply();
            };
        });
    }
}
