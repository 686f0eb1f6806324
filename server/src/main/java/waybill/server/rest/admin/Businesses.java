package waybill.server.rest.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import waybill.access.Action;
import waybill.directory.Business;
import waybill.directory.Directory;
import waybill.geo.Address;
import waybill.hub.HubCommands;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RestSettings;
import waybill.server.rest.http.WriteResponse;
import waybill.server.rest.order.OrderJson;

/// The business records of stores, and whether they are open.
public final class Businesses implements OperationHandlers {

    private final Directory directory;
    private final RestSettings settings;

    public Businesses(Directory directory, RestSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "readBusiness", this::read,
                "describeBusiness", this::describe,
                "changeBusiness", this::change,
                "openOrCloseBusiness", this::openOrClose);
    }

    public RequestAction read(ApiRequest call) {
        var store = store(call, call.find("store"));
        return new RequestAction.Read(
                () -> ApiResponse.ok(json(directory.findBusiness(store).orElse(Business.withDefaults(store)), 0)));
    }

    public RequestAction openOrClose(ApiRequest call) {
        var isOpen = call.body().json().path("isOpen").asBoolean();
        return update(call, business -> business.withOpen(isOpen), HubCommands::setBusinessOpen);
    }

    /// Clears absent fields.
    public RequestAction describe(ApiRequest call) {
        var body = call.body();
        return update(
                call,
                business -> new Business(
                        business.store(),
                        body.text("name"),
                        body.find("keeper").orElse(null),
                        body.address("address").orElse(Address.UNKNOWN),
                        business.isOpen()),
                HubCommands::updateBusiness);
    }

    /// Leaves absent fields as they are.
    public RequestAction change(ApiRequest call) {
        var body = call.body();
        return update(
                call,
                business -> new Business(
                        business.store(),
                        body.find("name").orElse(business.name()),
                        body.find("keeper").orElse(business.ownerOrNone()),
                        body.address("address").orElse(business.address()),
                        business.isOpen()),
                HubCommands::updateBusiness);
    }

    /// Saves the record, and appends an event if the status was set.
    private interface UpdateCommand {
        long execute(UnitOfWork ledger, Business business, Actor by, Instant at);
    }

    private RequestAction update(ApiRequest call, UnaryOperator<Business> change, UpdateCommand announcing) {
        var store = store(call, call.body().find("storeId"));
        Authorization.requireStore(call.principal(), Action.SET_BUSINESS_STATUS, Optional.of(store));
        return new RequestAction.Write(List.of(new Read.OfBusiness(store)), work -> {
            var before = work.findBusiness(store).orElse(Business.withDefaults(store));
            var after = change.apply(before);
            var sequence = announcing.execute(work, after, Actor.of(call.principal()), call.receivedAt());
            return WriteResponse.ofSuccess(sequences -> ApiResponse.ok(json(after, sequences.of(sequence))));
        });
    }

    private String store(ApiRequest call, Optional<String> named) {
        return Authorization.store(call, named).orElse(settings.store());
    }

    private static String json(Business business, long sequence) {
        return JsonWriter.object(json -> {
            json.writeStringField("storeId", business.store());
            json.writeStringField("businessName", business.name());
            JsonWriter.text(json, "keeper", business.owner());
            OrderJson.address(json, "address", business.address());
            json.writeBooleanField("isOpen", business.isOpen());
            JsonWriter.eventId(json, sequence);
        });
    }
}
