package waybill.server.dialect.write;

import static waybill.server.dialect.write.CamelCaseRendering.jsonWithEventId;

import java.util.Set;
import java.util.TreeSet;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.Stop;
import waybill.server.dialect.RoomMessage;

/// The rendering of a driver's arrivals, as far as dialects share it. The store, administrators and support receive
/// those at both stops, the customer those at the dropoff alone, and the driver each that has happened.
public final class ArrivalRendering {

    private ArrivalRendering() {}

    /// The fields of an arrival to come.
    public static JsonObjectWriter arriving(JsonObjectWriter fields, OrderEvent.DriverArriving arriving) {
        fields.put("stop", arriving.stop().wireName());
        return arriving.etaMinutesOrNone() == null
                ? fields.putNull("etaMinutes")
                : fields.put("etaMinutes", arriving.etaMinutesOrNone());
    }

    /// The fields of an arrival.
    public static JsonObjectWriter arrived(JsonObjectWriter fields, OrderEvent.DriverArrived arrived) {
        return fields.put("stop", arrived.stop().wireName()).put("arrivedAt", arrived.at());
    }

    /// The order and its driver.
    public static JsonObjectWriter fields(Order order) {
        return CamelCaseRendering.order(order).put("driverId", OrderRendering.driverId(order));
    }

    public static RoomMessage arriving(String name, LogEntry entry, Stop stop, JsonObjectWriter fields) {
        return RoomMessage.to(watchers(OrderRendering.order(entry), stop), name, jsonWithEventId(fields, entry));
    }

    public static RoomMessage arrived(String name, LogEntry entry, Stop stop, JsonObjectWriter fields) {
        var order = OrderRendering.order(entry);
        var rooms = watchers(order, stop);
        OrderRendering.driverId(order).map(RoomNames::driver).ifPresent(rooms::add);
        return RoomMessage.to(rooms, name, jsonWithEventId(fields, entry));
    }

    private static Set<String> watchers(Order order, Stop stop) {
        var rooms = stop.isCustomers()
                ? RoomNames.customerOf(order)
                : new TreeSet<>(Set.of(RoomNames.ADMINS, RoomNames.SUPPORT));
        rooms.add(RoomNames.store(order.store()));
        return rooms;
    }
}
