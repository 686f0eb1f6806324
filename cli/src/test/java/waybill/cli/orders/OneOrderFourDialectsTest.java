package waybill.cli.orders;

import static waybill.cli.orders.OrderSteps.byId;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An order is the same wherever it was placed. Every party receives the events of its own orders in its own dialect,
/// in order and once, and of the other group only what is offered to all drivers. The build runs it a second time, on
/// [two nodes][HubNodes].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@Tag("two-nodes")
class OneOrderFourDialectsTest {

    private TwoUserGroups groups;
    private OrderSteps steps;
    private OrderScenarios lives;

    @BeforeAll
    void connectAll(@TempDir Path data) throws IOException, InterruptedException {
        groups = TwoUserGroups.start(data);
        steps = groups.steps();
        lives = new OrderScenarios(groups);
    }

    @AfterAll
    void clear() {
        groups.close();
    }

    @Test
    void anOrderPlacedOverRestReachesEveryPartyInItsDialect() throws Exception {
        liveInFull(steps::placedOverRest);
    }

    @ParameterizedTest
    @CsvSource({
        "/realtime, storeId, externalId, deliveryAddress",
        "/ (marketplace), store_id, external_id, delivery_address",
        "/ (storefront), storeId, externalId, deliveryAddress"
    })
    void anOrderPlacedOverASocketIsTheSame(String dialect, String storeId, String externalId, String deliveryAddress)
            throws Exception {
        var hub = groups.hub();
        liveInFull((group, name) -> {
            var order = RestClient.order(group.store(), name);
            order.put(storeId, order.remove("storeId"));
            order.put(externalId, order.remove("externalId"));
            order.put(deliveryAddress, order.remove("deliveryAddress"));
            var response = hub.emitAccepted(hub.socket(group.customer().id() + " on " + dialect), "order:place", order);
            return response.optString("orderId", response.optString("order_id"));
        });
    }

    /// From placement to delivery, with every status, over every interface.
    private void liveInFull(OrderSteps.Placement birth) throws IOException, InterruptedException {
        lives.play(
                "delivered",
                birth,
                steps.paid(),
                steps.emitted(UserGroup::merchant, "marketplace", "merchant:accept", OrderSteps::byId),
                steps.status("preparing", UserGroup::merchant),
                steps.status("ready_for_pickup", UserGroup::merchant),
                steps.emitted(UserGroup::driver, "marketplace", "delivery:accept", OrderSteps::byId),
                steps.status("picked_up", UserGroup::driver),
                steps.emitted(UserGroup::driver, "phase3", "in-transit", OrderSteps::parcel),
                steps.emitted(UserGroup::driver, "phase2", "scan", OrderSteps::code));
    }

    @Test
    void aParcelPlacedOnCapsIsAnOrderEverywhere() throws Exception {
        lives.play(
                "placed-on-caps",
                steps::placedOnCaps,
                steps.emitted(UserGroup::driver, "phase3", "in-transit", OrderSteps::parcel),
                steps.emitted(UserGroup::driver, "phase2", "delivered", OrderSteps::parcel));
    }

    @Test
    void aParcelPlacedOnCapsMayBeCarriedWithTheOtherDialects() throws Exception {
        lives.play(
                "placed-on-caps",
                steps::placedOnCaps,
                steps.emitted(UserGroup::driver, "marketplace", "delivery:accept", OrderSteps::byId),
                steps.status("picked_up", UserGroup::driver),
                steps.status("in_transit", UserGroup::driver),
                steps.status("delivered", UserGroup::driver));
    }

    @Test
    void aDriverMayBeAssignedBeforeTheOrderIsReady() throws Exception {
        lives.play(
                "assigned-early",
                steps::placedOverRest,
                steps.status("accepted", UserGroup::merchant),
                steps.assigned(),
                steps.status("ready_for_pickup", UserGroup::merchant),
                steps.status("picked_up", UserGroup::driver),
                steps.status("in_transit", UserGroup::driver),
                steps.status("delivered", UserGroup::driver));
    }

    @Test
    void aCancellationReachesEveryParty() throws Exception {
        lives.play(
                "cancelled",
                steps::placedOverRest,
                steps.status("accepted", UserGroup::merchant),
                steps.status("ready_for_pickup", UserGroup::merchant),
                steps.status("assigned_to_driver", UserGroup::driver),
                steps.cancelled("changed my mind"));
    }

    @Test
    void aDeclinedOrderEndsThere() throws Exception {
        lives.play(
                "declined",
                steps::placedOverRest,
                steps.emitted(
                        UserGroup::merchant,
                        "marketplace",
                        "merchant:decline",
                        order -> byId(order).put("reason", "sold out")));
    }

    @Test
    void anOrderThatCannotBeDeliveredGoesBack() throws Exception {
        lives.play(
                "returned",
                steps::placedOverRest,
                steps.status("accepted", UserGroup::merchant),
                steps.status("ready_for_pickup", UserGroup::merchant),
                steps.status("assigned_to_driver", UserGroup::driver),
                steps.status("picked_up", UserGroup::driver),
                steps.status("failed", "not at home", UserGroup::driver),
                steps.status("returned", UserGroup::merchant));
    }
}
