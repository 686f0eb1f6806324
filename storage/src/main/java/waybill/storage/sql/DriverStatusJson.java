package waybill.storage.sql;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import waybill.directory.DriverStatus;
import waybill.directory.Shift;
import waybill.directory.Vehicle;
import waybill.order.HubEvent;
import waybill.order.OrderId;

/// The body of an event of a driver's status. One from before drivers had shifts has no fields of it.
final class DriverStatusJson {

    private DriverStatusJson() {}

    static String write(HubEvent.DriverStatusChanged changed) {
        var shift = changed.shift();
        return FlatJson.write(
                "driver",
                changed.driver(),
                "status",
                changed.status().wireName(),
                "order",
                changed.order().map(OrderId::toString).orElse(""),
                "capacity",
                Integer.toString(shift.capacity()),
                "vehicle",
                shift.vehicle().wireName(),
                "area",
                shift.area().map(AreaText::write).orElse(""),
                "endsAt",
                shift.endsAt().map(end -> Long.toString(end.toEpochMilli())).orElse(""));
    }

    static HubEvent.DriverStatusChanged read(Map<String, String> body) {
        var status = EventJson.field(body, "status");
        return new HubEvent.DriverStatusChanged(
                EventJson.field(body, "driver"),
                DriverStatus.parse(status).orElseThrow(() -> EnumCodes.unknownCode("status", status)),
                OrderId.parse(EventJson.field(body, "order")).orElse(null),
                body.containsKey("vehicle") ? shift(body) : Shift.DEFAULT);
    }

    private static Shift shift(Map<String, String> body) {
        var vehicle = EventJson.field(body, "vehicle");
        return new Shift(
                Integer.parseInt(EventJson.field(body, "capacity")),
                Vehicle.parse(vehicle).orElseThrow(() -> EnumCodes.unknownCode("vehicle", vehicle)),
                given(body, "area").map(AreaText::read).orElse(null),
                given(body, "endsAt")
                        .map(end -> Instant.ofEpochMilli(Long.parseLong(end)))
                        .orElse(null));
    }

    private static Optional<String> given(Map<String, String> body, String name) {
        return Optional.of(EventJson.field(body, name)).filter(text -> !text.isEmpty());
    }
}
