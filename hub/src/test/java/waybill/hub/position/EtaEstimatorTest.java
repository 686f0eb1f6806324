package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.directory.Business;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.eta.EtaPredictions;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.eta.StoreAddresses;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

class EtaEstimatorTest {

    private static final Position DOOR = new Position(59.95, 10.75);
    private static final Position NEAR = new Position(59.94, 10.75);
    private static final Duration FRESH_FOR = Duration.ofSeconds(10);
    private static final Position FAR = new Position(59.80, 10.75);
    private static final DriverTrackState DRIVER =
            DriverTrackState.start(new Fix("kari", NEAR, Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, 0, 0));

    private final Queue<Runnable> reads = new ArrayDeque<>();
    private Position store = NEAR;
    private Instant now = Instant.EPOCH;
    private int readCount;
    private boolean fails;
    private final EtaModel model = EtaModel.create();
    private final EtaEstimator estimator = new EtaEstimator(
            model,
            new CachedTravelTimes(new LearntTravelTimes(model.legs(), ZoneOffset.UTC), () -> now),
            new StoreAddresses(this::find, reads::add, () -> now),
            new ReadyTimes(model),
            new EtaPredictions(model.calibration()),
            _ -> List.of());

    private Optional<Business> find(String id) {
        readCount++;
        if (fails) {
            throw new IllegalStateException("disk");
        }
        return Optional.of(new Business(id, id, null, new Address("", store), true));
    }

    private static Order order(Address pickup) {
        return new Order(
                new OrderId(new UUID(1, 1)),
                "WB-1",
                "acme",
                "m1",
                "m1",
                OrderState.ASSIGNED_TO_DRIVER,
                Actor.driver("kari"),
                0,
                new OrderDetails(new Customer(null, "", null), pickup, new Address("", DOOR), List.of(), null, null),
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                1);
    }

    private long remainingMs(Address pickup) {
        return estimator.estimate(order(pickup), DRIVER, 0).orElseThrow().remainingMs();
    }

    @Test
    void anOrderGoesByItsOwnPickupAddressOrElseByItsStore() {
        store = FAR;
        estimator.load(order(Address.UNKNOWN));
        assertThat(remainingMs(Address.UNKNOWN)).isEqualTo(remainingMs(new Address("", FAR)));
        assertThat(remainingMs(new Address("", NEAR))).isLessThan(remainingMs(Address.UNKNOWN));
        assertThat(readCount).isEqualTo(1);
    }

    @Test
    void anEstimateReadsNothingItself() {
        store = FAR;
        var straight = remainingMs(Address.UNKNOWN);
        remainingMs(Address.UNKNOWN);
        assertThat(readCount).isZero();
        assertThat(reads).as("one read for all").hasSize(1);
        reads.remove().run();
        assertThat(remainingMs(Address.UNKNOWN)).isGreaterThan(straight);
    }

    @Test
    void aStoreThatMovesIsReadAgain() {
        estimator.load(order(Address.UNKNOWN));
        var before = remainingMs(Address.UNKNOWN);
        store = FAR;
        assertThat(remainingMs(Address.UNKNOWN)).isEqualTo(before);
        now = now.plus(FRESH_FOR);
        assertThat(remainingMs(Address.UNKNOWN)).isEqualTo(before);
        reads.remove().run();
        assertThat(remainingMs(Address.UNKNOWN)).isGreaterThan(before);
        now = now.minus(Duration.ofHours(1));
        estimator.load(order(Address.UNKNOWN));
        assertThat(readCount)
                .as("a clock that is set back holds nothing in memory")
                .isEqualTo(3);
    }

    @Test
    void aFailingDiskLeavesTheEtaWithoutTheWayToTheStore() {
        fails = true;
        estimator.load(order(Address.UNKNOWN));
        assertThat(remainingMs(Address.UNKNOWN)).isPositive();
    }
}
