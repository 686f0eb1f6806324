package waybill.server.notification;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.notification.Notice;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The values of an event for the templates of its message, and for the app that receives it.
final class NoticeValues {

    private static final int TOPIC_BYTES = 16;

    private NoticeValues() {}

    /// Blocks on the disk for the names.
    static Map<String, String> forTemplates(LogEntry entry, DisplayNames names) {
        var values = new HashMap<String, String>();
        entry.order().ifPresent(order -> putOrder(values, order, names));
        switch (entry.event()) {
            case OrderEvent.StateChanged(var _, var reason, var _) -> values.put("reason", reason);
            case OrderEvent.HandedBack(var _, var reason) -> values.put("reason", reason);
            case OrderEvent.DriverArriving arriving
            when arriving.etaMinutesOrNone() != null ->
                values.put("minutes", arriving.etaMinutesOrNone().toString());
            case OrderEvent.Delayed delayed -> values.put("minutes", Long.toString(delayed.delayMinutes()));
            case HubEvent.UserNotified notified -> {
                values.put("title", notified.title());
                values.put("message", notified.message());
            }
            default -> {} // the order says it all
        }
        return values;
    }

    private static void putOrder(Map<String, String> values, Order order, DisplayNames names) {
        values.put("orderNumber", order.number());
        values.put("store", names.store(order.store()).orElse(order.store()));
        order.driver()
                .flatMap(driver -> names.driver(driver.id()))
                .flatMap(person -> person.name())
                .ifPresent(name -> values.put("driver", name));
        values.put("customer", order.details().placedFor().name());
        order.details()
                .total()
                .ifPresent(total -> values.put("total", total.toDecimal().toPlainString() + " " + total.currency()));
    }

    /// What the app reads: which event of which order.
    static Map<String, String> forApp(LogEntry entry, Notice notice) {
        var data = new HashMap<String, String>();
        data.put("eventId", Long.toString(entry.sequence()));
        data.put("type", notice.trigger().wireName());
        entry.order().ifPresent(order -> {
            data.put("orderId", order.id().toString());
            data.put("status", order.state().wireName());
        });
        if (entry.event() instanceof HubEvent.UserNotified notified) {
            data.put("notificationId", notified.id().toString());
            data.put("notificationType", notified.type());
        }
        return data;
    }

    /// Messages of one order replace each other on a screen; each notification is its own.
    static String topic(LogEntry entry) {
        return hash(entry.order().map(order -> "order:" + order.id()).orElse("event:" + entry.sequence()), TOPIC_BYTES);
    }

    /// In base64url.
    static String hash(String text, int bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not supported by this Java", e);
        }
    }
}
