package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.geo.Address;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Money;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// The open offers of a driver. They show what the driver needs to decide, and nothing more of the order.
public final class DriverOffers implements OperationHandlers {

    /// Offers in one response, those made first.
    private static final int OFFERS_MAX = 100;

    private final ActiveOrders activeOrders;

    public DriverOffers(ActiveOrders activeOrders) {
        this.activeOrders = activeOrders;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("listOwnOffers", this::list);
    }

    private RequestAction list(ApiRequest call) {
        var driver = call.principal();
        Authorization.require(
                driver,
                Action.VIEW_OFFERS,
                driver.role() == Role.DRIVER ? Relation.DRIVER : Relation.NONE,
                "offers to a driver");
        var now = call.receivedAt();
        var orders = activeOrders.offeredTo(driver.id(), now, OFFERS_MAX);
        return new RequestAction.Immediate(ApiResponse.ok(JsonWriter.object(json -> {
            json.writeStringField("serverTime", JsonWriter.time(now));
            json.writeArrayFieldStart("offers");
            for (var order : orders) {
                var offer = order.offers().open();
                if (offer.isPresent()) {
                    json.writeStartObject();
                    write(order, offer.get(), json);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        })));
    }

    private static void write(Order order, Offer offer, JsonGenerator json) throws IOException {
        var details = order.details();
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("orderNumber", order.number());
        json.writeStringField("storeId", order.store());
        json.writeStringField("status", order.state().wireName());
        if (!details.pickup().equals(Address.UNKNOWN)) {
            OrderJson.address(json, "pickupAddress", details.pickup());
        }
        OrderJson.address(json, "deliveryAddress", details.dropoff());
        JsonWriter.text(json, "currency", details.total().or(details::fare).map(Money::currency));
        JsonWriter.amounts(json, "fare", "fareMinor", details.fare());
        json.writeNumberField("round", offer.round());
        json.writeStringField("offeredAt", JsonWriter.time(offer.offeredAt()));
        JsonWriter.text(json, "expiresAt", offer.expiresAt().map(JsonWriter::time));
        json.writeNumberField("timer", offer.timer().toSeconds());
    }
}
