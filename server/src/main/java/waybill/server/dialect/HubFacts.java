package waybill.server.dialect;

import waybill.order.HubEvent;

/// What dialects say of what is not about one order, as far as they say the same.
final class HubFacts {

    private HubFacts() {}

    static String message(HubEvent.BusinessStatusChanged business) {
        return business.businessName() + (business.isOpen() ? " is now open" : " is now closed");
    }

    static Fields notification(HubEvent.Notified notified) {
        return new Fields()
                .put("id", notified.id().toString())
                .put("title", notified.title())
                .put("message", notified.message())
                .put("type", notified.type());
    }
}
