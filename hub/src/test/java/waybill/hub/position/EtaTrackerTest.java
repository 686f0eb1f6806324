package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.OrderCommandHandler;
import waybill.hub.eta.CachedTravelTimes;
import waybill.hub.eta.DelayAlerts;
import waybill.hub.eta.EtaPredictions;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.eta.StoreAddresses;
import waybill.journal.Journal;
import waybill.journal.Transaction;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.OfferPolicy;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

class EtaTrackerTest {

    private static final Position STORE = new Position(59.91, 10.75);
    private static final Position DROPOFF = new Position(59.95, 10.75);
    private static final DriverTrackState DRIVER =
            DriverTrackState.start(new Fix("kari", STORE, Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, 0, 0));
    private static final Order ORDER = new Order(
            new OrderId(new UUID(1, 1)),
            "WB-1",
            "acme",
            "m1",
            "m1",
            OrderState.IN_TRANSIT,
            Actor.driver("kari"),
            0,
            new OrderDetails(
                    new Customer(null, "", null),
                    new Address("", STORE),
                    new Address("", DROPOFF),
                    List.of(),
                    null,
                    null),
            Instant.EPOCH,
            null,
            Arrivals.NONE,
            OrderOffers.NONE,
            OrderTimes.NONE,
            OrderProofs.NONE,
            1);

    /// A position published while the order ends may arrive after the entry was removed.
    @Test
    void anOrderThatHasEndedMeanwhileIsNotStored() {
        var active = new AtomicBoolean(true);
        var tracker = new EtaTracker(estimator(), new DelayAlerts(null, orders()), _ -> active.get());
        assertThat(tracker.changedEta(ORDER, DRIVER, 0)).isPresent();
        assertThat(tracker.changedEta(ORDER, DRIVER, 0)).as("published already").isEmpty();
        active.set(false);
        tracker.remove(ORDER.id());
        assertThat(tracker.changedEta(ORDER, DRIVER, 0)).isPresent();
        assertThat(tracker.changedEta(ORDER, DRIVER, 0)).as("not stored").isPresent();
    }

    @Test
    void anEtaIsComputedAgainAfterASecondAWayOfTwentyFiveMetresOrAChangeOfTheOrder() {
        var tracker = new EtaTracker(estimator(), new DelayAlerts(null, orders()), _ -> true);
        assertThat(tracker.changedEta(ORDER, DRIVER, 0)).isPresent();
        var later = ORDER.withTimes(new OrderTimes(null, Instant.ofEpochSecond(7_200), null));
        assertThat(tracker.changedEta(later, at(STORE), 999)).as("too soon").isEmpty();
        assertThat(tracker.changedEta(later, at(STORE), 1_000)).isPresent();
        assertThat(tracker.changedEta(ORDER, at(north(24)), 1_500))
                .as("too near")
                .isEmpty();
        assertThat(tracker.changedEta(ORDER, at(north(26)), 1_000 + EtaTracker.SAMPLE_MS - 1))
                .as("too soon, however far")
                .isEmpty();
        assertThat(tracker.changedEta(ORDER, at(north(26)), 1_000 + EtaTracker.SAMPLE_MS))
                .isPresent();
        assertThat(tracker.changedEta(later.withSequence(2), at(north(26)), 1_000 + EtaTracker.SAMPLE_MS))
                .as("of an order that has changed")
                .isPresent();
    }

    private static DriverTrackState at(Position place) {
        return DriverTrackState.start(new Fix("kari", place, Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, 0, 0));
    }

    private static Position north(double metres) {
        return new Position(STORE.latitude() + metres / Position.METRES_PER_DEGREE, STORE.longitude());
    }

    private static OrderCommandHandler orders() {
        var journal = new Journal() {
            @Override
            public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
                throw new AssertionError("no alerts are configured");
            }
        };
        return new OrderCommandHandler(
                journal,
                _ -> true,
                new OrderCommandHandler.OrderPolicy("WB", Optional.empty(), OfferPolicy.TO_ALL, (_, _, _) -> {}));
    }

    private static EtaEstimator estimator() {
        var model = EtaModel.create();
        return new EtaEstimator(
                model,
                new CachedTravelTimes(new LearntTravelTimes(model.legs(), ZoneOffset.UTC), () -> Instant.EPOCH),
                new StoreAddresses(_ -> Optional.empty(), Runnable::run, () -> Instant.EPOCH),
                new ReadyTimes(model),
                new EtaPredictions(model.calibration()),
                _ -> List.of());
    }
}
