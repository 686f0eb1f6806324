package waybill.server.rest.track;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverState;
import waybill.hub.DriverStatusChange;
import waybill.hub.HubCommands;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.Journal;
import waybill.journal.Read;
import waybill.journal.Sequences;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.server.rest.contract.Contract;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaValidator;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RequestPipeline;
import waybill.server.rest.http.WriteResponse;
import waybill.server.rest.order.OrderReads;
import waybill.server.rest.order.ShiftJson;

/// Whether drivers are on duty, and their shifts: over REST, and for callers that do not use HTTP with the same body,
/// validated against the same contract.
public final class DriverStatuses implements OperationHandlers, DriverStatusChange {

    private static final String CHANGE_OWN = "changeDriverStatus";
    private static final String WHAT = "whether a driver is on duty";

    private final OrderQueries orderQueries;
    private final Journal journal;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final SchemaValidator validator;

    public DriverStatuses(OrderQueries orderQueries, Journal journal, Executor blockingExecutor, InstantSource clock) {
        this.orderQueries = orderQueries;
        this.journal = journal;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
        validator = Contract.read().operations().stream()
                .filter(operation -> operation.id().equals(CHANGE_OWN))
                .findFirst()
                .flatMap(Operation::body)
                .orElseThrow(() -> new IllegalStateException(CHANGE_OWN + ": no body (expected: one in the contract)"));
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(CHANGE_OWN, this::changeOwn, "changeStatusOfDriver", this::changeOther);
    }

    private RequestAction changeOwn(ApiRequest call) {
        requireDriver(call.principal());
        return change(call, call.principal().id());
    }

    private static void requireDriver(Principal by) {
        if (by.role() != Role.DRIVER) {
            throw Problem.forbidden("role: " + by.role().wireName() + " (expected: driver)");
        }
        Authorization.require(by, Action.SET_DRIVER_STATUS, Relation.DRIVER, WHAT);
    }

    private RequestAction changeOther(ApiRequest call) {
        var by = call.principal();
        var driver = call.text("id");
        var isSelf = by.role() == Role.DRIVER && by.id().equals(driver);
        Authorization.require(by, Action.SET_DRIVER_STATUS, isSelf ? Relation.DRIVER : Relation.NONE, WHAT);
        return change(call, driver);
    }

    private RequestAction change(ApiRequest call, String driver) {
        var input = ShiftInput.of(call.body(), call.receivedAt());
        return new RequestAction.ReadThenWrite(() -> {
            var order = currentOrder(driver);
            return new RequestAction.Write(
                    reads(driver),
                    work -> response(change(work, call.principal(), driver, input, order, call.receivedAt()), order));
        });
    }

    private static WriteResponse response(Outcome outcome, Optional<OrderId> order) {
        return switch (outcome) {
            case Outcome.Changed(var driver, var eventId) ->
                WriteResponse.ofSuccess(sequences -> ApiResponse.ok(json(driver, order, sequences.of(eventId))));
            case Outcome.Rejected(var refusal) -> WriteResponse.of(ApiResponse.of(Problem.of(refusal)));
        };
    }

    private static List<Read> reads(String driver) {
        return List.of(new Read.OfDriver(driver), new Read.OfPerson(new UserId(Role.DRIVER, driver)));
    }

    /// Inside a transaction; its event has a provisional sequence.
    private static Outcome change(
            UnitOfWork work, Principal by, String driver, ShiftInput input, Optional<OrderId> order, Instant at) {
        var before = work.findDriver(driver);
        var isSelf = by.role() == Role.DRIVER && by.id().equals(driver);
        if (before.isEmpty()
                && !isSelf
                && work.findPerson(new UserId(Role.DRIVER, driver)).isEmpty()) {
            return new Outcome.Rejected(Refusal.notFound("driver " + driver + ": does not exist"));
        }
        var after = input.applyTo(before, driver, at);
        return new Outcome.Changed(after, HubCommands.setDriver(work, after, order, Actor.of(by), at));
    }

    private Optional<OrderId> currentOrder(String driver) {
        var filter = new OrderFilter(new OrderFilter.Scope.OfDriver(driver), OrderReads.ACTIVE, Long.MAX_VALUE, 1);
        return orderQueries.listOrders(filter).stream()
                .map(listed -> listed.order().id())
                .findFirst();
    }

    private static String json(DriverState driver, Optional<OrderId> order, long eventId) {
        return JsonWriter.object(json -> {
            json.writeStringField("driverId", driver.driver());
            json.writeStringField("status", driver.status().wireName());
            json.writeStringField("since", JsonWriter.time(driver.since()));
            ShiftJson.write(driver.shift(), json);
            JsonWriter.text(json, "currentOrder", order.map(OrderId::toString));
            JsonWriter.eventId(json, eventId);
        });
    }

    @Override
    public CompletionStage<Outcome> change(Principal by, String form) {
        try {
            requireDriver(by);
            var at = clock.instant();
            var input = ShiftInput.of(JsonInput.parse(validator, form.getBytes(StandardCharsets.UTF_8)), at);
            return BlockingReads.supply(blockingExecutor, () -> currentOrder(by.id()))
                    .thenCompose(order -> journal.submit(new Transaction<>(reads(by.id()), work -> {
                        var outcome = change(work, by, by.id(), input, order, at);
                        return sequences -> completed(outcome, sequences);
                    })))
                    .handle((changed, thrown) -> thrown == null ? changed : rejected(thrown));
        } catch (RuntimeException thrown) {
            return CompletableFuture.completedStage(rejected(thrown));
        }
    }

    private static Outcome completed(Outcome outcome, Sequences sequences) {
        return switch (outcome) {
            case Outcome.Changed(var driver, var eventId) -> new Outcome.Changed(driver, sequences.of(eventId));
            case Outcome.Rejected rejected -> rejected;
        };
    }

    private static Outcome rejected(Throwable thrown) {
        return new Outcome.Rejected(RequestPipeline.toProblem(thrown).refusal());
    }
}
