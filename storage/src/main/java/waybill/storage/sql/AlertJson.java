package waybill.storage.sql;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import waybill.order.HubEvent;
import waybill.order.OrderId;
import waybill.order.SystemAlert;

/// The body of the events of alerts.
final class AlertJson {

    private AlertJson() {}

    static String write(SystemAlert alert) {
        return FlatJson.write(
                "id",
                alert.id().toString(),
                "kind",
                alert.kind().wireName(),
                "severity",
                alert.severity().name(),
                "subject",
                alert.subject(),
                "message",
                alert.message(),
                "since",
                Long.toString(alert.since().toEpochMilli()),
                "order",
                alert.order().map(OrderId::toString).orElse(""),
                "driver",
                alert.driver().orElse(""));
    }

    static HubEvent.AlertOpened readOpened(Map<String, String> body) {
        return new HubEvent.AlertOpened(read(body));
    }

    static HubEvent.AlertCleared readCleared(Map<String, String> body) {
        return new HubEvent.AlertCleared(read(body));
    }

    private static SystemAlert read(Map<String, String> body) {
        var kind = EventJson.field(body, "kind");
        var driver = EventJson.field(body, "driver");
        return new SystemAlert(
                UUID.fromString(EventJson.field(body, "id")),
                SystemAlert.Kind.parse(kind).orElseThrow(() -> EnumCodes.unknownCode("kind of alert", kind)),
                SystemAlert.Severity.valueOf(EventJson.field(body, "severity")),
                EventJson.field(body, "subject"),
                EventJson.field(body, "message"),
                Instant.ofEpochMilli(Long.parseLong(EventJson.field(body, "since"))),
                OrderId.parse(EventJson.field(body, "order")).orElse(null),
                driver.isEmpty() ? null : driver);
    }
}
