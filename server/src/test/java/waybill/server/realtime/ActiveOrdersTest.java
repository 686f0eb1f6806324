package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ADMIN;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.OLA;
import static waybill.server.realtime.House.SHOP;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

class ActiveOrdersTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @SuppressWarnings("NullAway.Init")
    private ActiveOrders orders;

    @BeforeEach
    void open() {
        house = House.secured(data);
        orders = ActiveOrders.of(house.store().book());
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void readsWhatIsActiveAndNothingElse() {
        var active = house.drivenBy(KARI);
        house.does(house.drivenBy(KARI), new OrderCommand.Deliver(), KARI);
        orders = ActiveOrders.of(house.store().book());
        assertThat(orders.ofDriver("kari")).containsExactly(active);
        assertThat(orders.byId(active.id())).contains(active);
        assertThat(orders.of(ANNA, 10)).containsExactly(active.id());
        assertThat(orders.of(SHOP, 10)).containsExactly(active.id());
        assertThat(orders.of(BEN, 10)).isEmpty();
        assertThat(orders.of(ADMIN, 10)).isEmpty();
    }

    @Test
    void theItemsOfALargeOrderAreNotKeptInMemory() {
        var order = house.place(ANNA, "acme");
        var item = new Item("x".repeat(200), "y".repeat(200), 1, new Money(1, "EUR"));
        var details = order.details();
        var large = order.withDetails(new Details(
                "anna",
                details.customerName(),
                null,
                details.pickup(),
                details.dropoff(),
                Collections.nCopies(Details.ITEMS_MAX, item),
                details.totalOrNone(),
                details.fareOrNone()));
        orders.apply(large.at(large.version() + 1));
        var kept = orders.byId(order.id()).orElseThrow();
        assertThat(kept.details().items()).isEmpty();
        assertThat(kept.details().dropoff()).isEqualTo(details.dropoff());
    }

    @Test
    void anOrderIsItsNewDriversAlone() {
        var order = house.drivenBy(KARI);
        orders.apply(order);
        var given = house.does(order, new OrderCommand.Assign(Actor.driver("ola")), ADMIN);
        assertThat(orders.apply(given)).contains(order);
        assertThat(orders.ofDriver("kari")).isEmpty();
        assertThat(orders.ofDriver("ola")).containsExactly(given);
        assertThat(orders.of(OLA, 10)).containsExactly(order.id());
    }

    @Test
    void whatIsOverIsForgotten() {
        var order = house.drivenBy(KARI);
        orders.apply(order);
        orders.apply(house.does(order, new OrderCommand.Deliver(), KARI));
        assertThat(orders.byId(order.id())).isEmpty();
        assertThat(orders.ofDriver("kari")).isEmpty();
        assertThat(orders.of(ANNA, 10)).isEmpty();
        assertThat(orders.of(SHOP, 10)).isEmpty();
    }

    @Test
    void theNextStopIsWhatHasBeenOnItsWayForLongestOrElseWasPickedUpFirst() {
        var first = pickedUp();
        var second = pickedUp();
        assertThat(orders.isNextStop(first)).isTrue();
        assertThat(orders.isNextStop(second)).isFalse();
        assertThat(orders.isNextStop(house.place(ANNA, "acme")))
                .as("without a driver")
                .isTrue();

        var underWay = house.does(second, new OrderCommand.Depart(), KARI);
        orders.apply(underWay);
        assertThat(orders.isNextStop(underWay)).isTrue();
        assertThat(orders.isNextStop(first)).isFalse();

        orders.apply(house.does(first, new OrderCommand.Depart(), KARI));
        orders.apply(house.does(underWay, new OrderCommand.Pay(new Money(1, "EUR"), "cash"), ADMIN));
        assertThat(orders.isNextStop(underWay)).as("paid meanwhile").isTrue();

        orders.apply(house.does(underWay, new OrderCommand.Deliver(), KARI));
        assertThat(orders.isNextStop(first)).isTrue();
    }

    private Order pickedUp() {
        var order = house.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
        house.does(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
        var pickedUp = house.does(order, new OrderCommand.PickUp(), KARI);
        orders.apply(pickedUp);
        return pickedUp;
    }

    @Test
    void whatIsOlderChangesNothing() {
        var before = house.place(ANNA, "acme");
        var after = house.does(before, new OrderCommand.Accept(), SHOP);
        orders.apply(after);
        orders.apply(before);
        assertThat(orders.byId(before.id()).map(Order::state)).contains(OrderState.ACCEPTED);
    }

    @Test
    void knowsWhatWaitsForADriver() {
        orders.apply(house.place(ANNA, "acme"));
        orders.apply(house.drivenBy(KARI));
        var waiting = house.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
        orders.apply(waiting);
        assertThat(orders.waitingForDriver(10)).containsExactly(waiting);
        assertThat(orders.waitingForDriver(0)).isEmpty();
    }
}
