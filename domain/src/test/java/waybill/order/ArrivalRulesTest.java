package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.order.OrderState.ACCEPTED;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.DELIVERED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.PICKED_UP;
import static waybill.order.OrderState.PREPARING;
import static waybill.order.Stop.DROPOFF;
import static waybill.order.Stop.PICKUP;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Refused;

class ArrivalRulesTest {

    private static final Actor KARI = Actor.driver("kari");
    private static final Actor OLA = Actor.driver("ola");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.5Z");

    @Test
    void eachArrivalHappensOnceAtEachStop() {
        var order = order(ASSIGNED_TO_DRIVER, KARI);
        order = accept(order, approach(KARI, PICKUP), new OrderEvent.DriverArriving(PICKUP, NOON, 2));
        assertThat(decide(order, approach(KARI, PICKUP))).isInstanceOf(AlreadyDone.class);
        order = accept(order, arrive(KARI, PICKUP, NOON), new OrderEvent.DriverArrived(PICKUP, NOON));
        assertThat(order.arrivals().of(PICKUP).at()).contains(NOON);
        assertThat(decide(order, arrive(KARI, PICKUP, NOON.minusSeconds(9)))).isInstanceOf(AlreadyDone.class);
        order = order.withState(PICKED_UP);
        assertThat(decide(order, arrive(KARI, PICKUP, NOON)))
                .as("a retry after the pickup")
                .isInstanceOf(AlreadyDone.class);
        order = accept(order, approach(KARI, DROPOFF), new OrderEvent.DriverArriving(DROPOFF, NOON, 2));
        order = accept(order, arrive(KARI, DROPOFF, NOON), new OrderEvent.DriverArrived(DROPOFF, NOON));
        assertThat(decide(order, arrive(KARI, DROPOFF, NOON))).isInstanceOf(AlreadyDone.class);
    }

    @Test
    void aDriverThatHasArrivedIsNotAboutTo() {
        var arrived = accept(
                order(ASSIGNED_TO_DRIVER, KARI),
                arrive(KARI, PICKUP, NOON),
                new OrderEvent.DriverArrived(PICKUP, NOON));
        assertThat(decide(arrived, approach(KARI, PICKUP))).isInstanceOf(AlreadyDone.class);
    }

    @ParameterizedTest
    @EnumSource(OrderState.class)
    void onlyTheStopAheadIsArrivedAt(OrderState state) {
        var stops = Arrays.stream(Stop.values())
                .filter(stop -> decide(order(state, KARI), arrive(KARI, stop, NOON)) instanceof Accepted)
                .toList();
        assertThat(stops)
                .isEqualTo(
                        switch (state) {
                            case ACCEPTED, PREPARING, READY_FOR_PICKUP, ASSIGNED_TO_DRIVER -> List.of(PICKUP);
                            case PICKED_UP, IN_TRANSIT -> List.of(DROPOFF);
                            case NEW,
                                    PENDING,
                                    PAYMENT_CONFIRMED,
                                    DELIVERED,
                                    CANCELLED,
                                    DECLINED,
                                    EXPIRED,
                                    FAILED,
                                    RETURNED -> List.of();
                        });
    }

    @Test
    void anOrderWithoutADriverHasNoArrivals() {
        assertThat(decide(order(ACCEPTED, null), arrive(null, PICKUP, NOON))).isInstanceOf(Refused.class);
    }

    @Test
    void theArrivalOfAFormerDriverIsRefused() {
        var order = order(ASSIGNED_TO_DRIVER, OLA);
        assertThat(decide(order, arrive(KARI, PICKUP, NOON)))
                .isEqualTo(new Refused(Decision.Reason.CONFLICT, "order m1 is another driver's"));
    }

    @Test
    void anotherDriverStartsAnewAtTheStopsAhead() {
        var atStore = order(PREPARING, KARI).withArrival(PICKUP, Arrivals.Arrival.at(NOON));
        var taken = finalOrder(decide(atStore, new OrderCommand.Assign(OLA)));
        assertThat(taken.arrivals()).isEqualTo(Arrivals.NONE);
        accept(taken, arrive(OLA, PICKUP, NOON), new OrderEvent.DriverArrived(PICKUP, NOON));
    }

    @Test
    void anotherDriverOfAPickedUpOrderStartsAnewAtTheDropoffAlone() {
        var atCustomer = order(IN_TRANSIT, KARI)
                .withArrival(PICKUP, Arrivals.Arrival.at(NOON))
                .withArrival(DROPOFF, Arrivals.Arrival.at(NOON));
        var taken = finalOrder(decide(atCustomer, new OrderCommand.Assign(OLA)));
        assertThat(taken.arrivals().of(PICKUP).at()).contains(NOON);
        assertThat(taken.arrivals().of(DROPOFF)).isEqualTo(Arrivals.Arrival.NONE);
    }

    @Test
    void anArrivalMovesEarlierAndNeverLater() {
        var order = order(ASSIGNED_TO_DRIVER, KARI).withArrival(PICKUP, Arrivals.Arrival.at(NOON));
        var earlier = NOON.minusSeconds(30);
        var corrected = accept(order, correct(PICKUP, earlier), new OrderEvent.ArrivalCorrected(PICKUP, earlier));
        assertThat(corrected.arrivals().of(PICKUP).at()).contains(earlier);
        assertThat(decide(corrected, correct(PICKUP, NOON))).isInstanceOf(AlreadyDone.class);
        assertThat(decide(corrected, correct(DROPOFF, NOON)))
                .as("there was no arrival")
                .isInstanceOf(Refused.class);
        accept(
                corrected.withState(PICKED_UP),
                correct(PICKUP, earlier.minusSeconds(1)),
                new OrderEvent.ArrivalCorrected(PICKUP, earlier.minusSeconds(1)));
        assertThat(decide(corrected.withState(DELIVERED), correct(PICKUP, earlier.minusSeconds(1))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void anArrivalIsNotBeforeTheOrder() {
        var order = order(ASSIGNED_TO_DRIVER, KARI);
        accept(order, arrive(KARI, PICKUP, NOON.minusSeconds(3_600)), new OrderEvent.DriverArrived(PICKUP, placedAt()));
    }

    @Test
    void aStoreReportsTheArrivalAtItsOwnStopOnly() {
        var order = order(ASSIGNED_TO_DRIVER, KARI);
        var store = new Caller.Authenticated(new Principal("mo", Role.MERCHANT, null, null, "acme-widgets"));
        var driver = new Caller.Authenticated(new Principal("kari", Role.DRIVER, null, null, null));
        assertThat(OrderAuthorization.allows(store, arrive(null, PICKUP, NOON), order))
                .isTrue();
        assertThat(OrderAuthorization.allows(store, arrive(null, DROPOFF, NOON), order))
                .isFalse();
        assertThat(OrderAuthorization.allows(driver, arrive(KARI, DROPOFF, NOON), order))
                .isTrue();
        assertThat(OrderAuthorization.allows(driver, approach(KARI, PICKUP), order))
                .as("only the hub reports that")
                .isFalse();
        assertThat(OrderAuthorization.allows(driver, correct(PICKUP, NOON), order))
                .isFalse();
    }

    private static Instant placedAt() {
        return NOON.minusSeconds(600);
    }

    private static Order order(OrderState state, @Nullable Actor driver) {
        var order = OrderSamples.order(new OrderId(new UUID(1, 1)), placedAt()).withState(state);
        return driver == null ? order : order.withDriver(driver);
    }

    private static OrderCommand approach(@Nullable Actor driver, Stop stop) {
        return new OrderCommand.Approach(driver, stop, NOON, 2);
    }

    private static OrderCommand arrive(@Nullable Actor driver, Stop stop, Instant at) {
        return new OrderCommand.Arrive(driver, stop, at);
    }

    private static OrderCommand correct(Stop stop, Instant at) {
        return new OrderCommand.CorrectArrival(KARI, stop, at);
    }

    private static Decision decide(Order order, OrderCommand command) {
        return OrderStateMachine.decide(order, command, _ -> true, OfferPolicy.TO_ALL, Instant.EPOCH);
    }

    private static Order finalOrder(Decision decision) {
        assertThat(decision).isInstanceOf(Accepted.class);
        return ((Accepted) decision).finalOrder();
    }

    private static Order accept(Order order, OrderCommand command, OrderEvent expected) {
        var decision = decide(order, command);
        var next = finalOrder(decision);
        assertThat(((Accepted) decision).steps())
                .extracting(Decision.Step::event)
                .containsExactly(expected);
        return next;
    }
}
