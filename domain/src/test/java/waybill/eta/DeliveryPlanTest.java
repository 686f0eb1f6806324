package waybill.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.eta.EtaSamples.order;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.FAILED;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.PICKED_UP;
import static waybill.order.OrderState.PREPARING;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.order.Order;

class DeliveryPlanTest {

    private static String plan(Order of, Order... ofDriver) {
        return DeliveryPlan.stopsUntil(
                        of, List.of(ofDriver), order -> order.details().pickup())
                .stream()
                .map(stop -> (stop.isPickup() ? "collect " : "deliver ")
                        + stop.order().lastSequence())
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
    }

    @Test
    void whatIsInHandIsDeliveredFirst() {
        var inHand = order(1, IN_TRANSIT, 0, 1_000);
        var next = order(2, PICKED_UP, 0, 2_000);
        var waiting = order(3, PREPARING, 0, 3_000);

        assertThat(plan(inHand, inHand, next, waiting)).isEqualTo("deliver 1");
        assertThat(plan(next, inHand, next, waiting)).isEqualTo("deliver 1, deliver 2");
        assertThat(plan(waiting, inHand, next, waiting)).isEqualTo("deliver 1, deliver 2, collect 3, deliver 3");
    }

    @Test
    void ordersOfOneStoreAreCollectedTogether() {
        var first = order(1, ASSIGNED_TO_DRIVER, 0, 1_000);
        var other = order(2, ASSIGNED_TO_DRIVER, 500, 2_000);
        var second = order(3, PREPARING, 0, 3_000);

        assertThat(plan(second, first, other, second)).isEqualTo("collect 1, collect 3, deliver 1, deliver 3");
        assertThat(plan(other, first, other, second))
                .isEqualTo("collect 1, collect 3, deliver 1, deliver 3, collect 2, deliver 2");
    }

    @Test
    void anOrderThatIsNoLongerDeliveredIsNoStop() {
        var failed = order(1, FAILED, 0, 1_000);
        var next = order(2, IN_TRANSIT, 0, 2_000);

        assertThat(plan(next, failed, next)).isEqualTo("deliver 2");
    }

    @Test
    void anOrderThatTheDriverHasNotYetIsDeliveredLast() {
        var inHand = order(1, IN_TRANSIT, 0, 1_000);
        var preview = order(2, PREPARING, 0, 2_000);

        assertThat(plan(preview, inHand)).isEqualTo("deliver 1, collect 2, deliver 2");
        assertThat(plan(preview)).isEqualTo("collect 2, deliver 2");
    }

    @Test
    void onlySoManyOrdersOfADriverCount() {
        var orders = new ArrayList<Order>();
        for (var i = 1; i <= 2 * DeliveryPlan.ORDERS_MAX; i++) {
            orders.add(order(i, IN_TRANSIT, 0, i));
        }
        var last = orders.getLast();

        assertThat(DeliveryPlan.stopsUntil(
                        last, orders, order -> order.details().pickup()))
                .hasSize(DeliveryPlan.ORDERS_MAX)
                .last()
                .matches(stop -> stop.order().equals(last));
    }
}
