package waybill.hub.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.eta.Calibration.Prediction;
import waybill.eta.Calibration.Stage;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;
import waybill.eta.Leg;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Arrivals.Arrival;
import waybill.order.Customer;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;
import waybill.tracking.Fix;

/// Deliveries of one driver, along a meridian.
class EtaLearnerTest {

    private static final long MINUTE = 60_000;
    private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();

    private final EtaModel model = EtaModel.create();
    private final ReadyTimes readyTimes = new ReadyTimes(model);
    private final EtaPredictions predictions = new EtaPredictions(model.calibration());
    private final InMemoryDriverPositions positions = new InMemoryDriverPositions(10, 70);
    private final Map<OrderId, Order> active = new HashMap<>();
    private final EtaLearner learner = new EtaLearner(
            model,
            new LearntTravelTimes(model.legs(), ZoneOffset.UTC),
            readyTimes,
            predictions,
            positions,
            _ -> List.copyOf(active.values()));
    private final List<LogEntry> log = new ArrayList<>();

    private static Position north(double metres) {
        return new Position(metres / Position.METRES_PER_DEGREE, 0);
    }

    private static Order order(int id, OrderState state, @Nullable Long pickupMs, @Nullable Long dropoffMs) {
        return new Order(
                new OrderId(new UUID(0, id)),
                "WB-" + id,
                "acme",
                "m" + id,
                "m" + id,
                state,
                Actor.driver("kari"),
                0,
                new OrderDetails(
                        new Customer(null, "", null),
                        new Address("", north(0)),
                        new Address("", north(id * 1_000)),
                        List.of(),
                        null,
                        null),
                Instant.ofEpochMilli(NOON),
                null,
                new Arrivals(arrival(pickupMs), arrival(dropoffMs)),
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                1);
    }

    private static Arrival arrival(@Nullable Long atMs) {
        return atMs == null ? Arrival.NONE : Arrival.at(Instant.ofEpochMilli(atMs));
    }

    private void happens(Order order, OrderEvent event, double minute) {
        var at = Instant.ofEpochMilli(NOON + Math.round(minute * MINUTE));
        active.put(order.id(), order);
        var entry = new LogEntry(log.size() + 1L, order, OrderState.NEW, event, Actor.HUB, at, at);
        log.add(entry);
        learner.onEvent(entry);
        if (!order.state().isActive()) {
            active.remove(order.id());
        }
    }

    private void state(int id, OrderState state, double minute) {
        happens(order(id, state, null, null), new OrderEvent.StateChanged(state, "", ""), minute);
    }

    private double minutes(int metres) {
        return model.legs().predict(new Leg("other", metres, 12)).orElseThrow().minutes();
    }

    @Test
    void aLegIsFromTheEndOfOneStopToTheNext() {
        state(1, OrderState.PICKED_UP, 0);
        state(2, OrderState.PICKED_UP, 1);
        state(1, OrderState.DELIVERED, 11);
        assertThat(minutes(1_000)).as("from the store").isCloseTo(10, within(0.5));
        state(2, OrderState.DELIVERED, 41);
        assertThat(minutes(1_000)).as("both are of a kilometre").isGreaterThan(10.5);
    }

    @Test
    void anArrivalEndsTheLegAndBeginsTheHandingOver() {
        state(1, OrderState.PICKED_UP, 0);
        var before = model.dropoffService().predict("").minutes();
        happens(
                order(1, OrderState.DELIVERED, null, NOON + 8 * MINUTE),
                new OrderEvent.StateChanged(OrderState.DELIVERED, "", ""),
                18);

        assertThat(minutes(1_000)).isCloseTo(8, within(0.5));
        assertThat(model.dropoffService().predict("").minutes()).isGreaterThan(before);
    }

    @Test
    void theWayToTheStoreIsLearntFromTheAssignmentToTheArrival() {
        var nowMs = NOON;
        positions.update(
                "kari",
                track -> track.accept(
                        new Fix("kari", north(-2_000), Fix.UNKNOWN, Fix.UNKNOWN, Fix.UNKNOWN, nowMs, nowMs)));
        happens(order(1, OrderState.ACCEPTED, null, null), new OrderEvent.Assigned(Actor.driver("kari")), 0);
        var picked = order(1, OrderState.PICKED_UP, NOON + 12 * MINUTE, null);
        happens(picked, new OrderEvent.StateChanged(OrderState.PICKED_UP, "", ""), 30);

        assertThat(minutes(2_000)).isCloseTo(12, within(0.5));
    }

    @Test
    void preparationIsFromTheAcceptanceUntilTheOrderIsReady() {
        for (var id = 1; id <= 60; id++) {
            state(id, OrderState.ACCEPTED, id);
            state(id, OrderState.READY_FOR_PICKUP, id + 30);
        }
        assertThat(model.preparation().predict("acme").minutes()).isGreaterThan(25);

        var waiting = order(99, OrderState.PREPARING, null, null);
        state(99, OrderState.ACCEPTED, 10);
        var ready = readyTimes.of(waiting, NOON + 11 * MINUTE);
        assertThat(ready.atMs()).isGreaterThan(NOON + 35 * MINUTE);
        assertThat(readyTimes.of(waiting, NOON + 300 * MINUTE).atMs())
                .as("overdue")
                .isEqualTo(NOON + 300 * MINUTE);
        assertThat(readyTimes
                        .of(order(98, OrderState.READY_FOR_PICKUP, null, null), NOON)
                        .atMs())
                .isEqualTo(NOON);
    }

    /// The relay repeats events after a crash.
    @Test
    void anEventTeachesOnce() {
        state(1, OrderState.PICKED_UP, 0);
        state(1, OrderState.DELIVERED, 10);
        var snapshot = learner.snapshot();
        log.forEach(learner::onEvent);

        assertThat(learner.snapshot().state()).isEqualTo(snapshot.state());
        assertThat(snapshot.sequence()).isEqualTo(2);
    }

    @Test
    void aDeliveryShowsHowGoodItsEtaWas() {
        state(1, OrderState.PICKED_UP, 0);
        var id = order(1, OrderState.PICKED_UP, null, null).id();
        var first = new Prediction(Stage.TO_STOP, 1_000, NOON, NOON + 8 * MINUTE, NOON, NOON + 20 * MINUTE, 0);
        predictions.add(id, first);
        predictions.add(id, new Prediction(Stage.TO_STOP, 1, NOON, NOON + MINUTE, NOON, NOON + MINUTE, 0));
        assertThat(predictions.isMissing(id, Stage.TO_STOP)).isFalse();
        state(1, OrderState.DELIVERED, 10);

        var rows = model.calibration().rows().stream().filter(row -> row.deliveries() > 0);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.metresFrom()).isEqualTo(1_000);
            assertThat(row.meanError()).isEqualTo(2);
            assertThat(row.coverage()).isEqualTo(1);
        });
        assertThat(predictions.isMissing(id, Stage.TO_STOP)).isTrue();
    }
}
