package waybill.server.webhook;

import java.util.List;
import java.util.Optional;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.NodeEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The types of events that webhooks have: the names of the sockets' events with a dot, and others in the same form.
public final class WebhookEvents {

    /// Sent on request only, to the endpoint that is tested.
    public static final String TEST = "webhook.test";

    /// All types that an endpoint can select.
    public static final List<String> ALL = List.of(
            "order.new",
            "order.status_update",
            "order.assigned",
            "order.handed_back",
            "order.handed_over",
            "order.times_set",
            "order.delayed",
            "order.delay_ended",
            "order.proof",
            "order.link_shared",
            "order.links_revoked",
            "payment.received",
            "driver.arriving",
            "driver.arrived",
            "driver.arrival_corrected",
            "delivery.new_request",
            "delivery.request_declined",
            "delivery.request_closed",
            "driver.status_update",
            "business.status_update",
            "notification.new",
            "offer.new",
            "system.alert",
            "system.alert_cleared");

    private WebhookEvents() {}

    /// The type of an event; none for an event that concerns the hub alone.
    static Optional<String> type(LogEntry entry) {
        return switch (entry.event()) {
            case OrderEvent event -> Optional.of(type(event));
            case HubEvent event -> type(event);
            case NodeEvent _ -> Optional.empty();
        };
    }

    private static String type(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Placed _ -> "order.new";
            case OrderEvent.StateChanged _ -> "order.status_update";
            case OrderEvent.Assigned _ -> "order.assigned";
            case OrderEvent.HandedBack _ -> "order.handed_back";
            case OrderEvent.DriverTakenOver _ -> "order.handed_over";
            case OrderEvent.TimesSet _ -> "order.times_set";
            case OrderEvent.Delayed _ -> "order.delayed";
            case OrderEvent.DelayEnded _ -> "order.delay_ended";
            case OrderEvent.ProofRecorded _ -> "order.proof";
            case OrderEvent.LinkShared _ -> "order.link_shared";
            case OrderEvent.LinksRevoked _ -> "order.links_revoked";
            case OrderEvent.Paid _ -> "payment.received";
            case OrderEvent.DriverArriving _ -> "driver.arriving";
            case OrderEvent.DriverArrived _ -> "driver.arrived";
            case OrderEvent.ArrivalCorrected _ -> "driver.arrival_corrected";
            case OrderEvent.Offered _ -> "delivery.new_request";
            case OrderEvent.OfferDeclined _ -> "delivery.request_declined";
            case OrderEvent.OfferClosed _ -> "delivery.request_closed";
        };
    }

    /// What a backend emits it knows itself.
    private static Optional<String> type(HubEvent event) {
        return switch (event) {
            case HubEvent.BusinessStatusChanged _ -> Optional.of("business.status_update");
            case HubEvent.DriverStatusChanged _ -> Optional.of("driver.status_update");
            case HubEvent.UserNotified _ -> Optional.of("notification.new");
            case HubEvent.CouponCreated _ -> Optional.of("offer.new");
            case HubEvent.AlertOpened _ -> Optional.of("system.alert");
            case HubEvent.AlertCleared _ -> Optional.of("system.alert_cleared");
            case HubEvent.BackendEmitted _ -> Optional.empty();
        };
    }

    /// The store that an event belongs to.
    static Optional<String> store(LogEntry entry) {
        return entry.event() instanceof HubEvent.BusinessStatusChanged(var store, var _, var _)
                ? Optional.of(store)
                : entry.order().map(Order::store);
    }
}
