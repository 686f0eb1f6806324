package waybill.server.dialect.write;

import java.time.Instant;
import java.util.Collection;
import java.util.function.UnaryOperator;
import waybill.order.OrderId;
import waybill.order.SystemAlert;
import waybill.server.dialect.RoomMessage;

/// The rendering of alerts, which differs between dialects in the names of fields alone.
public final class AlertRendering {

    public static final String OPENED = "system:alert";
    public static final String CLEARED = "system:alert_cleared";

    private AlertRendering() {}

    /// An alert that is not in the log, and has no event id.
    ///
    /// @param rooms those of administrators and support
    /// @param naming the name of a field in the dialect
    public static RoomMessage ofNode(
            SystemAlert alert, boolean isOpen, Instant at, Collection<String> rooms, UnaryOperator<String> naming) {
        return RoomMessage.to(
                rooms,
                isOpen ? OPENED : CLEARED,
                fields(alert, naming).put("timestamp", at).json());
    }

    /// The fields of an alert.
    ///
    /// @param naming the name of a field in the dialect
    public static JsonObjectWriter fields(SystemAlert alert, UnaryOperator<String> naming) {
        var fields = new JsonObjectWriter()
                .put("id", alert.id().toString())
                .put("kind", alert.kind().wireName())
                .put("severity", alert.severity().wireName())
                .put("subject", alert.subject())
                .put("message", alert.message())
                .put("since", alert.since());
        alert.order().map(OrderId::toString).ifPresent(order -> fields.put(naming.apply("orderId"), order));
        alert.driver().ifPresent(driver -> fields.put(naming.apply("driverId"), driver));
        return fields;
    }
}
