package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.SHOP;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Actor;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderState;

class ActiveOrdersTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @SuppressWarnings("NullAway.Init")
    private ActiveOrders orders;

    @BeforeEach
    void open() {
        fixture = DialectServerFixture.secured(data);
        orders = ActiveOrders.of(fixture.store().orderQueries());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsWhatIsActiveAndNothingElse() {
        var active = fixture.placeInTransit(KARI);
        fixture.execute(fixture.placeInTransit(KARI), new OrderCommand.Deliver(), KARI);
        orders = ActiveOrders.of(fixture.store().orderQueries());
        assertThat(orders.ofDriver("kari")).containsExactly(active);
        assertThat(orders.byId(active.id())).contains(active);
        assertThat(orders.of(ANNA, 10)).containsExactly(active.id());
        assertThat(orders.of(SHOP, 10)).containsExactly(active.id());
        assertThat(orders.of(BEN, 10)).isEmpty();
        assertThat(orders.of(ADMIN, 10)).isEmpty();
    }

    @Test
    void theItemsOfALargeOrderStayOnDisk() {
        var order = fixture.place(ANNA, "acme");
        var item = new Item("x".repeat(200), "y".repeat(200), 1, new Money(1, "EUR"));
        var details = order.details();
        var large = order.withDetails(new OrderDetails(
                new Customer("anna", details.customerName(), null),
                details.pickup(),
                details.dropoff(),
                Collections.nCopies(OrderDetails.ITEMS_MAX, item),
                details.totalOrNone(),
                details.fareOrNone()));
        orders.apply(large.withSequence(large.lastSequence() + 1));
        var kept = orders.byId(order.id()).orElseThrow();
        assertThat(kept.details().items()).isEmpty();
        assertThat(kept.details().dropoff()).isEqualTo(details.dropoff());
    }

    @Test
    void anOrderIsItsNewDriversAlone() {
        var order = fixture.placeInTransit(KARI);
        orders.apply(order);
        var given = fixture.execute(order, new OrderCommand.Assign(Actor.driver("ola")), ADMIN);
        assertThat(orders.apply(given)).contains(order);
        assertThat(orders.ofDriver("kari")).isEmpty();
        assertThat(orders.ofDriver("ola")).containsExactly(given);
        assertThat(orders.of(OLA, 10)).containsExactly(order.id());
    }

    @Test
    void anEndedOrderIsRemoved() {
        var order = fixture.placeInTransit(KARI);
        orders.apply(order);
        orders.apply(fixture.execute(order, new OrderCommand.Deliver(), KARI));
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
        assertThat(orders.isNextStop(fixture.place(ANNA, "acme")))
                .as("without a driver")
                .isTrue();

        var underWay = fixture.execute(second, new OrderCommand.StartTransit(), KARI);
        orders.apply(underWay);
        assertThat(orders.isNextStop(underWay)).isTrue();
        assertThat(orders.isNextStop(first)).isFalse();

        orders.apply(fixture.execute(first, new OrderCommand.StartTransit(), KARI));
        orders.apply(fixture.execute(underWay, new OrderCommand.Pay(new Money(1, "EUR"), "cash"), ADMIN));
        assertThat(orders.isNextStop(underWay)).as("paid meanwhile").isTrue();

        orders.apply(fixture.execute(underWay, new OrderCommand.Deliver(), KARI));
        assertThat(orders.isNextStop(first)).isTrue();
    }

    private Order pickedUp() {
        var order = fixture.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
        fixture.execute(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
        var pickedUp = fixture.execute(order, new OrderCommand.PickUp(), KARI);
        orders.apply(pickedUp);
        return pickedUp;
    }

    @Test
    void whatIsOlderChangesNothing() {
        var before = fixture.place(ANNA, "acme");
        var after = fixture.execute(before, new OrderCommand.Accept(), SHOP);
        orders.apply(after);
        orders.apply(before);
        assertThat(orders.byId(before.id()).map(Order::state)).contains(OrderState.ACCEPTED);
    }

    @Test
    void knowsWhatADriverMayAccept() {
        orders.apply(fixture.place(ANNA, "acme"));
        orders.apply(fixture.placeInTransit(KARI));
        var waiting = fixture.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
        orders.apply(waiting);
        var now = fixture.clock().instant();
        assertThat(orders.offeredTo("kari", now, 10)).containsExactly(waiting);
        assertThat(orders.offeredTo("kari", now, 0)).isEmpty();
    }
}
