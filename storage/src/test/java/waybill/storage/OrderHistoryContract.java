package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.OrderQueriesContract.PIZZA;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.geo.Address;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.order.OrderTimes;
import waybill.order.Stop;

/// What is read back of an order after each of its events.
interface OrderHistoryContract extends StorePorts {

    @Test
    default void timesAreReadBackAsTheyWereAfterEachEvent() {
        var promised = NOON.plusSeconds(3_600);
        var at = NOON.plusMillis(1_234);
        orderFixture().place(ACME, "m1", PIZZA.withPromisedAt(promised), NOON).join();
        for (var command : List.of(
                new OrderCommand.Accept(at),
                new OrderCommand.SetTimes(at.plusSeconds(9), at),
                new OrderCommand.OpenDelay(promised, promised.plusSeconds(600)),
                new OrderCommand.CloseDelay(promised),
                new OrderCommand.SetTimes(null, null))) {
            orderFixture().handle(ACME, "m1", command, Actor.HUB).join();
        }
        var id = OrderFixture.id(ACME, "m1");
        var order = orderQueries().findOrder(id).orElseThrow();
        assertThat(order.times()).isEqualTo(OrderTimes.NONE);
        assertThat(order.details().promisedAt()).contains(promised);
        assertThat(eventLog().listHistory(id)).isEqualTo(eventLog().listAfter(0, 20));
        assertThat(eventLog().listHistory(id).stream().filter(entry -> entry.event() instanceof OrderEvent.OfTimes))
                .extracting(
                        LogEntry::event, entry -> entry.order().orElseThrow().times())
                .containsExactly(
                        tuple(new OrderEvent.TimesSet(null, at), new OrderTimes(at, null, null)),
                        tuple(
                                new OrderEvent.TimesSet(at.plusSeconds(9), at),
                                new OrderTimes(at, at.plusSeconds(9), null)),
                        tuple(
                                new OrderEvent.Delayed(promised, promised.plusSeconds(600)),
                                new OrderTimes(at, at.plusSeconds(9), promised)),
                        tuple(
                                new OrderEvent.DelayEnded(promised, promised),
                                new OrderTimes(at, at.plusSeconds(9), null)),
                        tuple(new OrderEvent.TimesSet(null, null), OrderTimes.NONE));
    }

    @Test
    default void arrivalsAreReadBackAsTheyWereAfterEachEvent() {
        orderFixture().place(ACME, "m1", PIZZA, NOON).join();
        var at = NOON.plusMillis(1_234);
        for (var command : List.of(
                new OrderCommand.Accept(),
                new OrderCommand.Assign(KARI),
                new OrderCommand.Approach(KARI, Stop.PICKUP, at, 2),
                new OrderCommand.Arrive(KARI, Stop.PICKUP, at),
                new OrderCommand.CorrectArrival(KARI, Stop.PICKUP, at.minusSeconds(1)),
                new OrderCommand.MarkReady(),
                new OrderCommand.PickUp(),
                new OrderCommand.Approach(KARI, Stop.DROPOFF, at, null))) {
            orderFixture().handle(ACME, "m1", command, storeActor(ACME)).join();
        }
        var id = OrderFixture.id(ACME, "m1");
        var atStore = Arrivals.Arrival.at(at.minusSeconds(1));
        var order = orderQueries().findOrder(id).orElseThrow();
        assertThat(order.arrivals()).isEqualTo(new Arrivals(atStore, Arrivals.Arrival.ANNOUNCED));
        assertThat(eventLog().listHistory(id)).isEqualTo(eventLog().listAfter(0, 20));
        assertThat(eventLog().listHistory(id).stream()
                        .filter(entry -> ((OrderEvent) entry.event()).atStop().isPresent()))
                .extracting(
                        LogEntry::event, entry -> entry.order().orElseThrow().arrivals())
                .containsExactly(
                        tuple(
                                new OrderEvent.DriverArriving(Stop.PICKUP, at, 2),
                                new Arrivals(Arrivals.Arrival.ANNOUNCED, Arrivals.Arrival.NONE)),
                        tuple(
                                new OrderEvent.DriverArrived(Stop.PICKUP, at),
                                new Arrivals(Arrivals.Arrival.at(at), Arrivals.Arrival.NONE)),
                        tuple(
                                new OrderEvent.ArrivalCorrected(Stop.PICKUP, at.minusSeconds(1)),
                                new Arrivals(atStore, Arrivals.Arrival.NONE)),
                        tuple(
                                new OrderEvent.DriverArriving(Stop.DROPOFF, at, null),
                                new Arrivals(atStore, Arrivals.Arrival.ANNOUNCED)));
    }

    @Test
    default void theHistoryHasEveryStepOfAnOrder() {
        orderFixture().place(ACME, "other", PIZZA, NOON).join();
        var id = OrderFixture.place(
                        orderFixture().place(ACME, "m1", PIZZA, NOON).join())
                .id();
        var price = new Money(2_900, "EUR");
        List.of(
                        new OrderCommand.Pay(price, "card"),
                        new OrderCommand.Accept(),
                        new OrderCommand.Assign(KARI),
                        new OrderCommand.MarkReady(),
                        new OrderCommand.PickUp(),
                        new OrderCommand.Assign(OLA),
                        new OrderCommand.Fail("no answer at the door"))
                .forEach(command -> orderFixture()
                        .handle(ACME, "m1", command, storeActor(ACME))
                        .join());
        var history = eventLog().listHistory(id);
        assertThat(history)
                .extracting(LogEntry::event)
                .containsExactly(
                        new OrderEvent.Placed(OrderState.PENDING),
                        new OrderEvent.Paid(price, "card"),
                        stateChanged(OrderState.PAYMENT_CONFIRMED, ""),
                        stateChanged(OrderState.ACCEPTED, ""),
                        new OrderEvent.Assigned(KARI),
                        stateChanged(OrderState.READY_FOR_PICKUP, ""),
                        stateChanged(OrderState.ASSIGNED_TO_DRIVER, ""),
                        stateChanged(OrderState.PICKED_UP, ""),
                        new OrderEvent.Assigned(OLA, KARI),
                        stateChanged(OrderState.FAILED, "no answer at the door"));
        assertThat(history).extracting(LogEntry::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(history)
                .allSatisfy(entry -> assertThat(order(entry).lastSequence()).isEqualTo(entry.sequence()));
        assertThat(history)
                .extracting(entry -> order(entry).isPaid())
                .startsWith(false, true)
                .endsWith(true);
        assertThat(history)
                .extracting(entry -> order(entry).driverOrNone())
                .startsWith(null, null, null, null, KARI)
                .endsWith(KARI, OLA, OLA);
        assertThat(history.getFirst().previousState()).isEqualTo(OrderState.NEW);
        assertThat(history.getLast().previousState()).isEqualTo(OrderState.PICKED_UP);
        assertThat(orderQueries().findOrder(id)).contains(order(history.getLast()));
        assertThat(eventLog().listHistory(OrderFixture.id(ACME, "m2"))).isEmpty();
    }

    @Test
    default void everyPaymentOfAnOrderIsReadBack() {
        var id = OrderFixture.place(
                        orderFixture().place(ACME, "m1", PIZZA, NOON).join())
                .id();
        List.of(1L, 899L, 2_000L)
                .forEach(amount -> orderFixture()
                        .handle(ACME, "m1", new OrderCommand.Pay(new Money(amount, "EUR"), "card"), storeActor(ACME))
                        .join());
        assertThat(eventLog().listHistory(id))
                .extracting(entry -> order(entry).paidMinorUnits())
                .containsExactly(0L, 1L, 900L, 2_900L, 2_900L);
        assertThat(orderQueries().findOrder(id).map(Order::paidMinorUnits)).contains(2_900L);
        var bare =
                new OrderDetails(new Customer(null, "", null), Address.UNKNOWN, Address.UNKNOWN, List.of(), null, null);
        var unpriced = OrderFixture.place(
                        orderFixture().place(ACME, "m2", bare, NOON).join())
                .id();
        orderFixture()
                .handle(ACME, "m2", new OrderCommand.Pay(new Money(7, "EUR"), "card"), storeActor(ACME))
                .join();
        assertThat(orderQueries().findOrder(unpriced).map(Order::isPaid)).contains(true);
        assertThat(eventLog().listHistory(unpriced))
                .extracting(entry -> order(entry).isPaid())
                .containsExactly(false, true, true);
    }

    private static OrderEvent stateChanged(OrderState to, String reason) {
        return new OrderEvent.StateChanged(to, reason, OrderEvent.NO_DOCUMENT);
    }

    private static Order order(LogEntry entry) {
        return entry.order().orElseThrow();
    }
}
