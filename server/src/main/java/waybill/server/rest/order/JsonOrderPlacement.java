package waybill.server.rest.order;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import waybill.access.Principal;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.OrderPlacement;
import waybill.hub.refusal.Refusal;
import waybill.server.rest.contract.Contract;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaValidator;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.RequestPipeline;
import waybill.server.rest.http.RestSettings;

/// Places orders for callers that do not use HTTP: the same body, validated against the same contract, with the
/// same errors.
public final class JsonOrderPlacement implements OrderPlacement {

    private final OrderCommandHandler orders;
    private final OrderInput input;
    private final InstantSource clock;
    private final SchemaValidator validator;

    public JsonOrderPlacement(
            OrderCommandHandler orders, RestSettings settings, Supplier<UUID> ids, InstantSource clock) {
        this.orders = orders;
        this.clock = clock;
        input = new OrderInput(settings, ids);
        validator = Contract.read().operations().stream()
                .filter(operation -> operation.id().equals("placeOrder"))
                .findFirst()
                .flatMap(Operation::body)
                .orElseThrow(() -> new IllegalStateException("placeOrder: no body (expected: one in the contract)"));
    }

    @Override
    public CompletionStage<Outcome> place(Principal by, String json) {
        try {
            var body = JsonInput.parse(validator, json.getBytes(StandardCharsets.UTF_8));
            var request = input.request(new ApiRequest(by, Map.of(), body, null, clock.instant()));
            return orders.handle(request)
                    .handle((outcome, thrown) ->
                            thrown == null ? placed(outcome) : rejected(RequestPipeline.toProblem(thrown)));
        } catch (RuntimeException thrown) {
            return CompletableFuture.completedStage(rejected(RequestPipeline.toProblem(thrown)));
        }
    }

    private static Outcome placed(OrderResult result) {
        return switch (result) {
            case OrderResult.Committed(var order, var _) -> new Outcome.Placed(order, false);
            case OrderResult.Duplicate(var order) -> new Outcome.Placed(order, true);
            case OrderResult.Rejected(var reason, var message) -> new Outcome.Rejected(Refusal.of(reason, message));
        };
    }

    private static Outcome rejected(Problem problem) {
        return new Outcome.Rejected(problem.refusal());
    }
}
