package waybill.server.rest;

import java.math.BigDecimal;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Device;
import waybill.directory.Offer;
import waybill.order.Actor;
import waybill.order.Announcements;
import waybill.order.HubEvent;
import waybill.order.Ledger;

/// What users are told that is not about an order: offers, notifications, and the devices to push to.
final class Messages {

    private final RestServices services;

    Messages(RestServices services) {
        this.services = services;
    }

    Doing offer(Call call) {
        Permit.require(call.by(), Action.MAKE_OFFER, Relation.NONE, "offers");
        var body = call.body();
        var offer = new Offer(
                body.text("code"), body.text("description"), BigDecimal.valueOf(body.decimal("discountValue")));
        return new Doing.Writing(ledger -> {
            var position = Announcements.offer(ledger, offer, Actor.of(call.by()), call.receivedAt());
            if (position == 0) {
                return Problem.conflict("code: " + offer.code() + " is offered already (expected: a new one)", "code")
                        .reply();
            }
            return Reply.created(Json.object(json -> {
                json.writeStringField("code", offer.code());
                json.writeStringField("description", offer.description());
                json.writeNumberField("discountValue", offer.discountValue());
                Json.eventId(json, position);
            }));
        });
    }

    Doing notify(Call call) {
        Permit.require(call.by(), Action.NOTIFY, Relation.NONE, "notifications");
        var body = call.body();
        var id = services.ids().get();
        return new Doing.Writing(ledger -> {
            var notified = new HubEvent.Notified(
                    id,
                    user(ledger, body),
                    body.text("title"),
                    body.text("message"),
                    body.find("type").orElse("info"));
            var position = Announcements.notify(ledger, notified, Actor.of(call.by()), call.receivedAt());
            return Reply.created(Json.object(json -> {
                json.writeStringField("id", notified.id().toString());
                json.writeStringField("userId", notified.user().id());
                json.writeStringField("role", notified.user().role().word());
                json.writeStringField("title", notified.title());
                json.writeStringField("message", notified.message());
                json.writeStringField("type", notified.type());
                Json.eventId(json, position);
            }));
        });
    }

    /// Without a role, the first of these whom the hub knows by that id, and a customer where it knows none.
    private static UserId user(Ledger ledger, Given body) {
        var id = body.text("userId");
        return body.find("role")
                .flatMap(Role::of)
                .map(role -> new UserId(role, id))
                .or(() -> Stream.of(Role.values())
                        .map(role -> new UserId(role, id))
                        .filter(user -> ledger.findPerson(user).isPresent())
                        .findFirst())
                .orElse(new UserId(Role.CUSTOMER, id));
    }

    Doing registerDevice(Call call) {
        Permit.require(call.by(), Action.REGISTER_DEVICE, Relation.NONE, "devices");
        var body = call.body();
        var device = new Device(body.text("token"), call.by().user(), body.text("platform"), call.receivedAt());
        return new Doing.Writing(ledger -> {
            ledger.keep(device, services.settings().devicesMax());
            return Reply.created(Json.object(json -> {
                json.writeStringField("token", device.token());
                json.writeStringField("platform", device.platform());
                json.writeStringField("registeredAt", Json.time(device.registeredAt()));
            }));
        });
    }

    Doing forgetDevice(Call call) {
        Permit.require(call.by(), Action.REGISTER_DEVICE, Relation.NONE, "devices");
        var token = call.text("token");
        return new Doing.Writing(ledger -> ledger.forgetDevice(call.by().user(), token)
                ? Reply.nothing()
                : Problem.notFound("device: not one of yours (expected: one that you have registered)")
                        .reply());
    }
}
