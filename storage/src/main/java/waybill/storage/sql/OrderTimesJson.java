package waybill.storage.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderEvent;
import waybill.order.OrderTimes;

/// The times of an order in a column, and those of its events.
final class OrderTimesJson {

    private static final String READY_AT = "readyAt";
    private static final String DELIVERY_AT = "deliveryAt";
    private static final String PROMISED_AT = "promisedAt";

    private OrderTimesJson() {}

    /// Null when none is set.
    static @Nullable String encode(OrderTimes times) {
        return times.equals(OrderTimes.NONE)
                ? null
                : write(times.readyAtOrNone(), times.estimatedDeliveryOrNone(), times.missedPromiseOrNone());
    }

    static OrderTimes decode(@Nullable String json) {
        if (json == null) {
            return OrderTimes.NONE;
        }
        var fields = FlatJson.read(json);
        return new OrderTimes(time(fields, READY_AT), time(fields, DELIVERY_AT), time(fields, PROMISED_AT));
    }

    static String encode(OrderEvent.OfTimes event) {
        return switch (event) {
            case OrderEvent.TimesSet(var delivery, var readyAt) -> write(readyAt, delivery, null);
            case OrderEvent.Delayed(var promised, var expected) -> write(null, expected, promised);
            case OrderEvent.DelayEnded(var promised, var expected) -> write(null, expected, promised);
        };
    }

    static OrderEvent.TimesSet decodeTimesSet(Map<String, String> body) {
        return new OrderEvent.TimesSet(time(body, DELIVERY_AT), time(body, READY_AT));
    }

    static OrderEvent.Delayed decodeDelayed(Map<String, String> body) {
        return new OrderEvent.Delayed(requireTime(body, PROMISED_AT), requireTime(body, DELIVERY_AT));
    }

    static OrderEvent.DelayEnded decodeDelayEnded(Map<String, String> body) {
        return new OrderEvent.DelayEnded(requireTime(body, PROMISED_AT), requireTime(body, DELIVERY_AT));
    }

    private static String write(@Nullable Instant readyAt, @Nullable Instant delivery, @Nullable Instant promised) {
        var fields = new ArrayList<String>();
        add(fields, READY_AT, readyAt);
        add(fields, DELIVERY_AT, delivery);
        add(fields, PROMISED_AT, promised);
        return FlatJson.write(fields.toArray(new String[0]));
    }

    private static void add(List<String> fields, String name, @Nullable Instant time) {
        if (time != null) {
            fields.add(name);
            fields.add(Long.toString(time.toEpochMilli()));
        }
    }

    private static @Nullable Instant time(Map<String, String> fields, String name) {
        var ms = fields.get(name);
        return ms == null ? null : Instant.ofEpochMilli(Long.parseLong(ms));
    }

    private static Instant requireTime(Map<String, String> body, String name) {
        return Instant.ofEpochMilli(Long.parseLong(EventJson.field(body, name)));
    }
}
