package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

class EtaTrackerTest {

    private static final Position STORE = new Position(59.91, 10.75);
    private static final Position DOOR = new Position(59.95, 10.75);
    private static final DriverTrackState DRIVER =
            DriverTrackState.start(new Fix("kari", STORE, Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, 0, 0));
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
            new OrderDetails(null, "", null, new Address("", STORE), new Address("", DOOR), List.of(), null, null),
            Instant.EPOCH,
            null,
            1);

    /// A position that is told while the order ends comes after the order was forgotten.
    @Test
    void nothingIsKeptOfAnOrderThatHasEndedMeanwhile() {
        var active = new AtomicBoolean(true);
        var arrivals = new EtaTracker(_ -> active.get());
        assertThat(arrivals.changedEta(ORDER, DRIVER, 0)).isPresent();
        assertThat(arrivals.changedEta(ORDER, DRIVER, 0)).as("told already").isEmpty();
        active.set(false);
        arrivals.remove(ORDER.id());
        assertThat(arrivals.changedEta(ORDER, DRIVER, 0)).isPresent();
        assertThat(arrivals.changedEta(ORDER, DRIVER, 0)).as("not kept").isPresent();
    }
}
