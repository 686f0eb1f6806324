package waybill.server.dialect;

import waybill.order.HubEvent;
import waybill.order.OrderId;

/// What the dialects in camelCase say of what is not about one order.
final class HubFacts {

    private HubFacts() {}

    static Fields business(HubEvent.BusinessStatusChanged business) {
        return new Fields()
                .put("isOpen", business.isOpen())
                .put("businessName", business.businessName())
                .put("message", message(business));
    }

    static String message(HubEvent.BusinessStatusChanged business) {
        return business.businessName() + (business.isOpen() ? " is now open" : " is now closed");
    }

    static Fields driver(HubEvent.DriverStatusChanged driver) {
        return new Fields()
                .put("deliveryBoyId", driver.driver())
                .put("status", driver.status().word())
                .put("currentOrder", driver.order().map(OrderId::toString));
    }

    static Fields notification(HubEvent.Notified notified) {
        return new Fields()
                .put("id", notified.id().toString())
                .put("title", notified.title())
                .put("message", notified.message())
                .put("type", notified.type());
    }

    static Fields offer(HubEvent.OfferMade offer) {
        return new Fields()
                .put("code", offer.code())
                .put("description", offer.description())
                .put("discountValue", offer.discountValue());
    }
}
