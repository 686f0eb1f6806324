package waybill.server.dialect.write;

import waybill.order.HubEvent;

/// The rendering of events that are not about one order, as far as dialects share it.
public final class HubEventRendering {

    private HubEventRendering() {}

    public static String message(HubEvent.BusinessStatusChanged business) {
        return business.businessName() + (business.isOpen() ? " is now open" : " is now closed");
    }

    public static JsonObjectWriter notification(HubEvent.UserNotified notified) {
        return new JsonObjectWriter()
                .put("id", notified.id().toString())
                .put("title", notified.title())
                .put("message", notified.message())
                .put("type", notified.type());
    }
}
