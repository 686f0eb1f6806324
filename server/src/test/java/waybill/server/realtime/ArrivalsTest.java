package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.tracking.Fix;
import waybill.tracking.Track;

class ArrivalsTest {

    private static final Position STORE = new Position(59.91, 10.75);
    private static final Position DOOR = new Position(59.95, 10.75);
    private static final Track DRIVER =
            Track.begin(new Fix("kari", STORE, Fix.NOT_SAID, Fix.NOT_SAID, Fix.NOT_SAID, 0, 0));
    private static final Order ORDER = new Order(
            new OrderId(new UUID(1, 1)),
            1,
            "WB-1",
            "acme",
            "m1",
            "m1",
            OrderState.IN_TRANSIT,
            Actor.driver("kari"),
            0,
            new Details(null, "", null, new Address("", STORE), new Address("", DOOR), List.of(), null, null),
            Instant.EPOCH,
            null,
            1);

    /// A position that is told while the order ends comes after the order was forgotten.
    @Test
    void nothingIsKeptOfAnOrderThatHasEndedMeanwhile() {
        var active = new AtomicBoolean(true);
        var arrivals = new Arrivals(_ -> active.get());
        assertThat(arrivals.news(ORDER, DRIVER, 0)).isPresent();
        assertThat(arrivals.news(ORDER, DRIVER, 0)).as("told already").isEmpty();
        active.set(false);
        arrivals.forget(ORDER.id());
        assertThat(arrivals.news(ORDER, DRIVER, 0)).isPresent();
        assertThat(arrivals.news(ORDER, DRIVER, 0)).as("not kept").isPresent();
    }
}
