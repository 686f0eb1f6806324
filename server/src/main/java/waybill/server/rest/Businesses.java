package waybill.server.rest;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import waybill.access.Action;
import waybill.directory.Business;
import waybill.geo.Address;
import waybill.order.Actor;
import waybill.order.Announcements;
import waybill.order.Ledger;

/// What stores say of themselves, and whether they are open.
final class Businesses {

    private final RestServices services;

    Businesses(RestServices services) {
        this.services = services;
    }

    Doing read(Call call) {
        var store = store(call, call.find("store"));
        return new Doing.Reading(
                () -> Reply.ok(json(services.directory().business(store).orElse(Business.unknown(store)), 0)));
    }

    Doing openOrClose(Call call) {
        var isOpen = call.body().json().path("isOpen").asBoolean();
        return changing(call, business -> business.withOpen(isOpen), Announcements::openOrClose);
    }

    /// What is left out is not known any more.
    Doing describe(Call call) {
        var body = call.body();
        return changing(
                call,
                business -> new Business(
                        business.store(),
                        body.text("name"),
                        body.find("keeper").orElse(null),
                        body.address("address").orElse(Address.UNKNOWN),
                        business.isOpen()),
                Announcements::describe);
    }

    /// What is left out stays as it is.
    Doing change(Call call) {
        var body = call.body();
        return changing(
                call,
                business -> new Business(
                        business.store(),
                        body.find("name").orElse(business.name()),
                        body.find("keeper").orElse(business.keeperOrNone()),
                        body.address("address").orElse(business.address()),
                        business.isOpen()),
                Announcements::describe);
    }

    /// Writes down what a store says, and tells it to whom it is news.
    private interface Announcing {
        long announce(Ledger ledger, Business business, Actor by, Instant at);
    }

    private Doing changing(Call call, UnaryOperator<Business> change, Announcing announcing) {
        var store = store(call, call.body().find("storeId"));
        Permit.requireStore(call.by(), Action.SET_BUSINESS_STATUS, Optional.of(store));
        return new Doing.Writing(ledger -> {
            var before = ledger.findBusiness(store).orElse(Business.unknown(store));
            var after = change.apply(before);
            var position = announcing.announce(ledger, after, Actor.of(call.by()), call.receivedAt());
            return Reply.ok(json(after, position));
        });
    }

    private String store(Call call, Optional<String> named) {
        return Permit.store(call, named).orElse(services.settings().store());
    }

    private static String json(Business business, long position) {
        return Json.object(json -> {
            json.writeStringField("storeId", business.store());
            json.writeStringField("businessName", business.name());
            Json.text(json, "keeper", business.keeper());
            OrderJson.address(json, "address", business.address());
            json.writeBooleanField("isOpen", business.isOpen());
            Json.eventId(json, position);
        });
    }
}
