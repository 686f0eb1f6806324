package waybill.server.rest;

import java.math.BigDecimal;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.directory.Device;
import waybill.directory.Offer;
import waybill.order.Actor;
import waybill.order.Announcements;
import waybill.order.HubEvent;

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
        var notified = new HubEvent.Notified(
                services.ids().get(),
                body.text("userId"),
                body.text("title"),
                body.text("message"),
                body.find("type").orElse("info"));
        return new Doing.Writing(ledger -> {
            var position = Announcements.notify(ledger, notified, Actor.of(call.by()), call.receivedAt());
            return Reply.created(Json.object(json -> {
                json.writeStringField("id", notified.id().toString());
                json.writeStringField("userId", notified.user());
                json.writeStringField("title", notified.title());
                json.writeStringField("message", notified.message());
                json.writeStringField("type", notified.type());
                Json.eventId(json, position);
            }));
        });
    }

    Doing registerDevice(Call call) {
        Permit.require(call.by(), Action.REGISTER_DEVICE, Relation.NONE, "devices");
        var body = call.body();
        var device = new Device(body.text("token"), call.by().id(), body.text("platform"), call.receivedAt());
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
        return new Doing.Writing(ledger -> ledger.forgetDevice(call.by().id(), token)
                ? Reply.nothing()
                : Problem.notFound("device: not one of yours (expected: one that you have registered)")
                        .reply());
    }
}
