package waybill.storage.sql;

import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import waybill.order.Arrivals;
import waybill.order.Arrivals.Arrival;
import waybill.order.Stop;

/// The arrivals of an order's driver in a column.
final class ArrivalsJson {

    private static final String ANNOUNCED = "announced";

    private ArrivalsJson() {}

    /// Null when the driver has not come near to any stop.
    static @Nullable String encode(Arrivals arrivals) {
        if (arrivals.equals(Arrivals.NONE)) {
            return null;
        }
        var fields = new ArrayList<String>();
        for (var stop : Stop.values()) {
            var arrival = arrivals.of(stop);
            if (arrival.isAnnounced()) {
                fields.add(stop.wireName());
                fields.add(
                        arrival.at().map(at -> Long.toString(at.toEpochMilli())).orElse(ANNOUNCED));
            }
        }
        return FlatJson.write(fields.toArray(new String[0]));
    }

    static Arrivals decode(@Nullable String json) {
        if (json == null) {
            return Arrivals.NONE;
        }
        var fields = FlatJson.read(json);
        return new Arrivals(arrival(fields.get(Stop.PICKUP.wireName())), arrival(fields.get(Stop.DROPOFF.wireName())));
    }

    private static Arrival arrival(@Nullable String code) {
        if (code == null) {
            return Arrival.NONE;
        }
        return code.equals(ANNOUNCED) ? Arrival.ANNOUNCED : Arrival.at(Instant.ofEpochMilli(Long.parseLong(code)));
    }
}
