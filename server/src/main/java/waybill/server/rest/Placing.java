package waybill.server.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import waybill.access.Principal;
import waybill.order.Order;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;

/// Places orders for those who do not come over HTTP: the same form, held to the same contract, refused in the same
/// words.
public final class Placing {

    /// What came of it.
    public sealed interface Placed {

        /// It is on disk. `again` if it was there before.
        record Done(Order order, boolean again) implements Placed {}

        record Refused(String code, String message, Optional<String> field, Duration retryAfter) implements Placed {}
    }

    private final Orders orders;
    private final OrderForm form;
    private final InstantSource clock;
    private final Shape shape;

    public Placing(Orders orders, RestSettings settings, Supplier<UUID> ids, InstantSource clock) {
        this.orders = orders;
        this.clock = clock;
        form = new OrderForm(settings, ids);
        shape = Contract.read().operations().stream()
                .filter(operation -> operation.id().equals("placeOrder"))
                .findFirst()
                .flatMap(Operation::body)
                .orElseThrow(() -> new IllegalStateException("placeOrder: no body (expected: one in the contract)"));
    }

    /// `json` is the body of `POST /orders`. Never blocks.
    public CompletionStage<Placed> place(Principal by, String json) {
        try {
            var body = Given.read(shape, json.getBytes(StandardCharsets.UTF_8));
            var request = form.request(new Call(by, Map.of(), body, null, clock.instant()));
            return orders.handle(request)
                    .handle((outcome, thrown) -> thrown == null
                            ? placed(outcome)
                            : Desk.problem(thrown).refusal());
        } catch (RuntimeException thrown) {
            return CompletableFuture.completedStage(Desk.problem(thrown).refusal());
        }
    }

    private static Placed placed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var order, var _) -> new Placed.Done(order, false);
            case Outcome.Duplicate(var order) -> new Placed.Done(order, true);
            case Outcome.Declined(var reason, var message) ->
                Problem.of(reason, message).refusal();
        };
    }
}
