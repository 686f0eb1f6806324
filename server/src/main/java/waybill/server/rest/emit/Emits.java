package waybill.server.rest.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.HubCommands;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.OrderId;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;
import waybill.server.rest.order.EmitTargetJson;

/// Events that a backend emits to clients under names of its own. Each is an event of the log: every node publishes it
/// to its own sockets, and clients that are away receive it later.
public final class Emits implements OperationHandlers {

    /// Characters of the data of an event, as compact JSON.
    static final int DATA_MAX = 64 << 10;

    /// Callers whose events are counted. Beyond that, the least recently seen is evicted, and starts anew.
    private static final int CALLERS_MAX = 10_000;

    private static final String DEFAULT_NAMESPACE = "/";

    /// The fields that the hub adds to the data in one dialect or another.
    private static final List<String> ID_FIELDS = List.of("eventId", "event_id");

    private final int perSecond;
    private final RateLimiter<String> limiter;

    /// @param perSecond the events of one caller; 0 for no limit
    public Emits(int perSecond, RateLimiters limiters) {
        this.perSecond = perSecond;
        limiter = limiters.of("emits", RateLimit.perSecond(perSecond), CALLERS_MAX);
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("emit", this::emit);
    }

    private RequestAction emit(ApiRequest call) {
        Authorization.require(call.principal(), Action.EMIT, Relation.NONE, "events");
        requireRate(call);
        var name = call.body().text("event");
        ReservedEventNames.findRejection(name).ifPresent(rejection -> {
            throw Problem.invalid("event", "event: " + rejection);
        });
        var data = data(call.body().json().path("data"));
        var to = new JsonInput(call.body().json().path("to"));
        requireOneTarget(to);
        return new RequestAction.Write(reads(to), work -> {
            var target = target(work, to);
            if (target.isEmpty()) {
                return WriteResponse.of(ApiResponse.of(Problem.notFound(
                        "to.order: " + to.text("order") + " does not exist (expected: an order of this hub)")));
            }
            var emitted = new HubEvent.BackendEmitted(target.get(), name, data);
            var sequence = HubCommands.emit(work, emitted, Actor.of(call.principal()), call.receivedAt());
            return WriteResponse.ofSuccess(sequences -> ApiResponse.created(JsonWriter.object(json -> {
                JsonWriter.eventId(json, sequences.of(sequence));
                json.writeStringField("event", name);
                EmitTargetJson.write(emitted.to(), json);
            })));
        });
    }

    private void requireRate(ApiRequest call) {
        var retryAfterMs = limiter.acquire(
                call.principal().user().toString(), call.receivedAt().toEpochMilli());
        if (retryAfterMs > 0) {
            throw Problem.rateLimited(
                    "events: too many (expected: at most " + perSecond + " a second)", Duration.ofMillis(retryAfterMs));
        }
    }

    /// The data as compact JSON; `null` if there is none.
    private static String data(JsonNode data) {
        var text = data.isMissingNode() ? NullNode.getInstance().toString() : data.toString();
        if (text.length() > DATA_MAX) {
            throw Problem.invalid(
                    "data", "data: " + text.length() + " characters (expected: at most " + DATA_MAX + ")");
        }
        ID_FIELDS.stream().filter(data::has).findFirst().ifPresent(field -> {
            throw Problem.invalid("data." + field, "data." + field + ": given (expected: none, the hub adds it)");
        });
        return text;
    }

    private static void requireOneTarget(JsonInput to) {
        if (to.json().size() != 1) {
            throw Problem.invalid(
                    "to",
                    "to: " + to.json().size() + " fields (expected: one of user, role, order, room" + " and all)");
        }
    }

    private static List<Read> reads(JsonInput to) {
        var user = to.json().path("user");
        return user.isTextual()
                ? Stream.of(Role.values())
                        .<Read>map(role -> new Read.OfPerson(new UserId(role, user.asText())))
                        .toList()
                : order(to).<List<Read>>map(id -> List.of(new Read.OfOrder(id))).orElse(List.of());
    }

    private static Optional<OrderId> order(JsonInput to) {
        return to.find("order")
                .map(text -> OrderId.parse(text)
                        .orElseThrow(() -> Problem.invalid("to.order", "to.order: not a UUID (expected: one)")));
    }

    /// Empty if there is no such order.
    private static Optional<EmitTarget> target(UnitOfWork work, JsonInput to) {
        var order = order(to);
        if (order.isPresent()) {
            return work.findOrder(order.get()).map(EmitTarget.OrderParties::of);
        }
        var user = to.json().path("user");
        if (!user.isMissingNode()) {
            return Optional.of(new EmitTarget.User(user.isTextual() ? user(work, user.asText()) : user(user)));
        }
        var room = to.json().path("room");
        if (!room.isMissingNode()) {
            return Optional.of(room(room));
        }
        return Optional.of(to.find("role")
                .flatMap(Role::parse)
                .<EmitTarget>map(EmitTarget.RoleMembers::new)
                .orElseGet(EmitTarget.AllUsers::new));
    }

    private static UserId user(JsonNode user) {
        var role = Role.parse(user.path("role").asText()).orElseThrow();
        return new UserId(role, user.path("id").asText());
    }

    /// Without a role, the first of these with a recorded user of that id, or a customer if there is none.
    private static UserId user(UnitOfWork work, String id) {
        return Stream.of(Role.values())
                .map(role -> new UserId(role, id))
                .filter(user -> work.findPerson(user).isPresent())
                .findFirst()
                .orElse(new UserId(Role.CUSTOMER, id));
    }

    private static EmitTarget room(JsonNode room) {
        return room.isTextual()
                ? new EmitTarget.Room(DEFAULT_NAMESPACE, room.asText())
                : new EmitTarget.Room(
                        room.path("namespace").asText(), room.path("name").asText());
    }
}
