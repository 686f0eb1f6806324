package waybill.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.dispatch.WaitingOrder;
import waybill.eta.EtaModel;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.eta.ReadyTimes;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;

class WaitingOrdersTest {

    private static final long MINUTE = 60_000;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final EtaModel model = EtaModel.create();
    private final WaitingOrders waitingOrders = new WaitingOrders(new ReadyTimes(model));

    private WaitingOrder waiting(OrderState state, OrderTimes times, @Nullable Instant promisedAt) {
        var details = new OrderDetails(
                        new Customer(null, "", null),
                        new Address("", new Position(59.9, 10.7)),
                        new Address("", new Position(59.95, 10.7)),
                        List.of(),
                        null,
                        null)
                .withPromisedAt(promisedAt);
        var order = new Order(
                new OrderId(new UUID(0, 1)),
                "WB-1",
                "acme",
                "m1",
                "m1",
                state,
                null,
                0,
                details,
                NOON,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                times,
                OrderProofs.NONE,
                1);
        return waitingOrders.of(order, NOON.toEpochMilli()).orElseThrow();
    }

    private long readyInMinutes(OrderState state, OrderTimes times) {
        return (waiting(state, times, null).readyAtMs() - NOON.toEpochMilli()) / MINUTE;
    }

    @Test
    void anOrderIsReadyWhenItsStoreUsuallyIs() {
        for (var i = 0; i < 500; i++) {
            model.preparation().learn("acme", 40);
        }
        assertThat(readyInMinutes(OrderState.PREPARING, OrderTimes.NONE)).isBetween(35L, 45L);
        assertThat(readyInMinutes(OrderState.READY_FOR_PICKUP, OrderTimes.NONE)).isZero();
    }

    @Test
    void anOrderIsReadyWhenItsStoreSays() {
        assertThat(readyInMinutes(OrderState.PREPARING, new OrderTimes(NOON.plusSeconds(1_200), null, null)))
                .isEqualTo(20);
    }

    @Test
    void aPromiseBindsABundle() {
        assertThat(waiting(OrderState.PREPARING, OrderTimes.NONE, NOON.plusSeconds(60))
                        .promisedByMs())
                .isEqualTo(NOON.plusSeconds(60).toEpochMilli());
        assertThat(waiting(OrderState.PREPARING, OrderTimes.NONE, null).promisedByMs())
                .isEqualTo(Long.MAX_VALUE);
    }
}
