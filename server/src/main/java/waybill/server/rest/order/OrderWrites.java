package waybill.server.rest.order;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.CommandReads;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.refusal.Refusal;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Stop;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RestSettings;
import waybill.server.rest.http.WriteResponse;

/// Order commands over REST: a request becomes a command, and its result the response. The permission is checked
/// with the loaded order, in the same transaction.
public final class OrderWrites implements OperationHandlers {

    private final OrderCommandHandler orders;
    private final RestSettings settings;
    private final OrderInput input;

    public OrderWrites(OrderCommandHandler orders, RestSettings settings, Supplier<UUID> ids) {
        this.orders = orders;
        this.settings = settings;
        input = new OrderInput(settings, ids);
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.ofEntries(
                Map.entry("placeOrder", this::place),
                Map.entry("changeOrderStatus", this::changeStatus),
                Map.entry("assignDriver", this::assign),
                Map.entry("handBackOrder", this::handBack),
                Map.entry("acceptOffer", this::acceptOffer),
                Map.entry("declineOffer", this::declineOffer),
                Map.entry("reportArrival", this::arrive),
                Map.entry("setOrderTimes", this::setTimes),
                Map.entry("clearOrderTimes", this::clearTimes),
                Map.entry("confirmPayment", this::pay),
                Map.entry("cancelOrder", this::cancel));
    }

    public RequestAction place(ApiRequest call) {
        var request = input.request(call);
        return new RequestAction.Write(
                CommandReads.of(request),
                work -> response(
                        orders.handleInTransaction(work, request),
                        order -> ApiResponse.created(OrderJson.of(order))
                                .with("location", "/api/v1/orders/" + order.id())));
    }

    private static WriteResponse response(OrderResult result, Function<Order, ApiResponse> ofCommitted) {
        return switch (result) {
            case OrderResult.Committed(var order, var _) ->
                WriteResponse.ofSuccess(sequences -> ofCommitted.apply(sequences.of(order)));
            case OrderResult.Duplicate(var order) ->
                WriteResponse.ofSuccess(sequences -> ApiResponse.ok(OrderJson.of(sequences.of(order))));
            case OrderResult.Rejected(var reason, var message) ->
                WriteResponse.of(ApiResponse.of(Problem.of(Refusal.of(reason, message))));
        };
    }

    public RequestAction changeStatus(ApiRequest call) {
        return transition(call, command(call));
    }

    private static OrderCommand command(ApiRequest call) {
        var status = call.body().text("status");
        var reason = call.body().find("reason");
        return switch (OrderState.parse(status).orElse(OrderState.NEW)) {
            case ACCEPTED ->
                new OrderCommand.Accept(TimeInput.future(call.body(), "readyAt", call.receivedAt())
                        .orElse(null));
            case DECLINED -> new OrderCommand.Decline(reason.orElse(""));
            case PREPARING -> new OrderCommand.Prepare();
            case READY_FOR_PICKUP -> new OrderCommand.MarkReady();
            case ASSIGNED_TO_DRIVER -> claim(call.principal());
            case PICKED_UP -> new OrderCommand.PickUp();
            case IN_TRANSIT -> new OrderCommand.StartTransit();
            case DELIVERED -> new OrderCommand.Deliver();
            case CANCELLED -> new OrderCommand.Cancel(reason.orElse(""));
            case FAILED ->
                new OrderCommand.Fail(reason.orElseThrow(
                        () -> Problem.invalid("reason", "reason: missing (expected: why it could not be delivered)")));
            case RETURNED -> new OrderCommand.Return();
            case PAYMENT_CONFIRMED ->
                throw unsupportedStatus(status, "POST to payment, with the amount and the method");
            case NEW, PENDING -> throw unsupportedStatus(status, "a status after the placement");
            case EXPIRED ->
                throw Problem.forbidden("status: expired (expected: another status; the accept timer sets this one)");
        };
    }

    private static OrderCommand claim(Principal by) {
        if (by.role() != Role.DRIVER) {
            throw unsupportedStatus(
                    "assigned_to_driver",
                    "POST to assign, with the driver's id; only a driver claims an order by its status");
        }
        return new OrderCommand.Claim(Actor.of(by));
    }

    private static Problem unsupportedStatus(String status, String expected) {
        return Problem.invalid("status", "status: " + status + " (expected: " + expected + ")");
    }

    public RequestAction assign(ApiRequest call) {
        return transition(call, new OrderCommand.Assign(Actor.driver(call.body().text("driverId"))));
    }

    /// The time that is not given is cleared.
    public RequestAction setTimes(ApiRequest call) {
        var delivery = TimeInput.future(call.body(), "estimatedDeliveryTime", call.receivedAt());
        var readyAt = TimeInput.future(call.body(), "readyAt", call.receivedAt());
        if (delivery.isEmpty() && readyAt.isEmpty()) {
            throw Problem.invalid(
                    "estimatedDeliveryTime", "estimatedDeliveryTime: missing (expected: it, or readyAt, or both)");
        }
        return transition(call, new OrderCommand.SetTimes(delivery.orElse(null), readyAt.orElse(null)));
    }

    public RequestAction clearTimes(ApiRequest call) {
        return transition(call, new OrderCommand.SetTimes(null, null));
    }

    /// The driver of the order has arrived, by hand.
    public RequestAction arrive(ApiRequest call) {
        var stop =
                Stop.parse(call.body().text("stop")).orElseThrow(() -> new AssertionError("the contract lists them"));
        var driver = call.principal().role() == Role.DRIVER ? Actor.of(call.principal()) : null;
        return transition(call, new OrderCommand.Arrive(driver, stop, call.occurredAt()));
    }

    /// An administrator takes the order from the driver that has it.
    public RequestAction handBack(ApiRequest call) {
        var by = call.principal();
        var driver = by.role() == Role.DRIVER ? Actor.of(by) : null;
        return transition(call, new OrderCommand.HandBack(driver, call.body().text("reason")));
    }

    public RequestAction acceptOffer(ApiRequest call) {
        return transition(call, new OrderCommand.AcceptOffer(Actor.of(call.principal())));
    }

    /// A driver that does not have the order is not shown it.
    public RequestAction declineOffer(ApiRequest call) {
        var command = new OrderCommand.DeclineOffer(
                Actor.of(call.principal()), call.body().find("reason").orElse(""));
        return new RequestAction.Write(
                CommandReads.of(request(call, command)), work -> switch (orders.handleInTransaction(
                        work, request(call, command))) {
                    case OrderResult.Committed(var order, var _) -> WriteResponse.of(declined(order));
                    case OrderResult.Duplicate(var order) -> WriteResponse.of(declined(order));
                    case OrderResult.Rejected(var reason, var message) ->
                        WriteResponse.of(ApiResponse.of(Problem.of(Refusal.of(reason, message))));
                });
    }

    private static ApiResponse declined(Order order) {
        return ApiResponse.ok(JsonWriter.object(json -> {
            json.writeBooleanField("success", true);
            json.writeStringField("orderId", order.id().toString());
        }));
    }

    public RequestAction cancel(ApiRequest call) {
        return transition(call, new OrderCommand.Cancel(call.body().text("reason")));
    }

    /// In the currency of the order by default.
    public RequestAction pay(ApiRequest call) {
        var code = OrderInput.currency(call.body());
        var method = call.body().text("paymentMethod");
        return transition(call, List.of(new Read.OfOrder(call.order())), work -> {
            var currency = code.orElseGet(() -> currencyOf(work, call.order()));
            return new OrderCommand.Pay(
                    PriceInput.amount(call.body(), "amount", "amountMinor", currency)
                            .orElseThrow(),
                    method);
        });
    }

    private String currencyOf(UnitOfWork ledger, OrderId id) {
        return ledger.findOrder(id)
                .map(Order::details)
                .flatMap(details -> details.total().or(details::fare))
                .map(Money::currency)
                .orElse(settings.currency());
    }

    private RequestAction transition(ApiRequest call, OrderCommand command) {
        return transition(call, CommandReads.of(request(call, command)), _ -> command);
    }

    private RequestAction transition(ApiRequest call, List<Read> reads, Function<UnitOfWork, OrderCommand> command) {
        return new RequestAction.Write(
                reads,
                work -> response(
                        orders.handleInTransaction(work, request(call, command.apply(work))),
                        order -> ApiResponse.ok(OrderJson.of(order))));
    }

    private static OrderCommandHandler.OrderRequest request(ApiRequest call, OrderCommand command) {
        return new OrderCommandHandler.OrderRequest(
                new OrderCommandHandler.OrderReference.ById(call.order()),
                command,
                call.caller(),
                call.occurredAt(),
                call.receivedAt());
    }
}
