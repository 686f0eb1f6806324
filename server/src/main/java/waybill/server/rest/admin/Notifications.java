package waybill.server.rest.admin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Coupon;
import waybill.hub.HubCommands;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;

/// Messages to users that are not about an order: coupons and notifications.
public final class Notifications implements OperationHandlers {

    private final Supplier<UUID> ids;

    public Notifications(Supplier<UUID> ids) {
        this.ids = ids;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "makeOffer", this::makeCoupon,
                "notifyUser", this::notifyUser);
    }

    public RequestAction makeCoupon(ApiRequest call) {
        Authorization.require(call.principal(), Action.CREATE_COUPON, Relation.NONE, "offers");
        var body = call.body();
        var offer = new Coupon(
                body.text("code"), body.text("description"), BigDecimal.valueOf(body.decimal("discountValue")));
        return new RequestAction.Write(List.of(), work -> {
            var sequence = HubCommands.createCoupon(work, offer, Actor.of(call.principal()), call.receivedAt());
            if (sequence == 0) {
                return WriteResponse.of(ApiResponse.of(Problem.conflict(
                        "code: " + offer.code() + " is offered already (expected: a new one)", "code")));
            }
            return WriteResponse.ofSuccess(sequences -> ApiResponse.created(JsonWriter.object(json -> {
                json.writeStringField("code", offer.code());
                json.writeStringField("description", offer.description());
                json.writeNumberField("discountValue", offer.discountValue());
                JsonWriter.eventId(json, sequences.of(sequence));
            })));
        });
    }

    public RequestAction notifyUser(ApiRequest call) {
        Authorization.require(call.principal(), Action.SEND_NOTIFICATION, Relation.NONE, "notifications");
        var body = call.body();
        var id = ids.get();
        var reads = Stream.of(Role.values())
                .<Read>map(role -> new Read.OfPerson(new UserId(role, body.text("userId"))))
                .toList();
        return new RequestAction.Write(reads, work -> {
            var notified = new HubEvent.UserNotified(
                    id,
                    user(work, body),
                    body.text("title"),
                    body.text("message"),
                    body.find("type").orElse("info"));
            var sequence = HubCommands.sendNotification(work, notified, Actor.of(call.principal()), call.receivedAt());
            return WriteResponse.ofSuccess(sequences -> ApiResponse.created(JsonWriter.object(json -> {
                json.writeStringField("id", notified.id().toString());
                json.writeStringField("userId", notified.user().id());
                json.writeStringField("role", notified.user().role().wireName());
                json.writeStringField("title", notified.title());
                json.writeStringField("message", notified.message());
                json.writeStringField("type", notified.type());
                JsonWriter.eventId(json, sequences.of(sequence));
            })));
        });
    }

    /// Without a role, the first of these with a recorded user of that id, or a customer if there is none.
    private static UserId user(UnitOfWork ledger, JsonInput body) {
        var id = body.text("userId");
        return body.find("role")
                .flatMap(Role::parse)
                .map(role -> new UserId(role, id))
                .or(() -> Stream.of(Role.values())
                        .map(role -> new UserId(role, id))
                        .filter(user -> ledger.findPerson(user).isPresent())
                        .findFirst())
                .orElse(new UserId(Role.CUSTOMER, id));
    }
}
