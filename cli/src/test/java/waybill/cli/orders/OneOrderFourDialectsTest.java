package waybill.cli.orders;

import static waybill.cli.orders.OrderSteps.byId;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The promise of the whole: an order is one and the same wherever it was placed. Everybody must hear of their own
/// order in their own words, in order and once, and of the other world's nothing but what all drivers are offered.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class OneOrderFourDialectsTest {

    private TwoUserGroups groups;
    private OrderSteps deeds;
    private OrderScenarios lives;

    @BeforeAll
    void connectAll(@TempDir Path data) throws IOException, InterruptedException {
        groups = TwoUserGroups.start(data);
        deeds = groups.steps();
        lives = new OrderScenarios(groups);
    }

    @AfterAll
    void clear() {
        groups.close();
    }

    @Test
    void anOrderPlacedOverRestReachesEveryPartyInItsDialect() throws Exception {
        liveInFull(deeds::placedOverRest);
    }

    @ParameterizedTest
    @CsvSource({
        "/realtime, storeId, externalId, deliveryAddress",
        "/ (marketplace), store_id, external_id, delivery_address",
        "/ (storefront), storeId, externalId, deliveryAddress"
    })
    void anOrderPlacedOverASocketIsTheSame(String dialect, String storeId, String externalId, String deliveryAddress)
            throws Exception {
        var stage = groups.hub();
        liveInFull((group, name) -> {
            var order = RestClient.order(group.store(), name);
            order.put(storeId, order.remove("storeId"));
            order.put(externalId, order.remove("externalId"));
            order.put(deliveryAddress, order.remove("deliveryAddress"));
            var answer =
                    stage.emitAccepted(stage.socket(group.customer().id() + " on " + dialect), "order:place", order);
            return answer.optString("orderId", answer.optString("order_id"));
        });
    }

    /// From being placed to being delivered, with every status on the way, in all ways to say it.
    private void liveInFull(OrderSteps.Placement birth) throws IOException, InterruptedException {
        lives.play(
                "delivered",
                birth,
                deeds.paid(),
                deeds.emitted(UserGroup::merchant, "marketplace", "merchant:accept", OrderSteps::byId),
                deeds.status("preparing", UserGroup::merchant),
                deeds.status("ready_for_pickup", UserGroup::merchant),
                deeds.emitted(UserGroup::driver, "marketplace", "delivery:accept", OrderSteps::byId),
                deeds.status("picked_up", UserGroup::driver),
                deeds.emitted(UserGroup::driver, "phase3", "in-transit", OrderSteps::parcel),
                deeds.emitted(UserGroup::driver, "phase2", "scan", OrderSteps::code));
    }

    @Test
    void aParcelPlacedOnCapsIsAnOrderEverywhere() throws Exception {
        lives.play(
                "placed-on-caps",
                deeds::placedOnCaps,
                deeds.emitted(UserGroup::driver, "phase3", "in-transit", OrderSteps::parcel),
                deeds.emitted(UserGroup::driver, "phase2", "delivered", OrderSteps::parcel));
    }

    @Test
    void aParcelPlacedOnCapsMayBeCarriedWithTheOtherDialects() throws Exception {
        lives.play(
                "placed-on-caps",
                deeds::placedOnCaps,
                deeds.emitted(UserGroup::driver, "marketplace", "delivery:accept", OrderSteps::byId),
                deeds.status("picked_up", UserGroup::driver),
                deeds.status("in_transit", UserGroup::driver),
                deeds.status("delivered", UserGroup::driver));
    }

    @Test
    void aDriverMayBeAssignedBeforeTheOrderIsReady() throws Exception {
        lives.play(
                "assigned-early",
                deeds::placedOverRest,
                deeds.status("accepted", UserGroup::merchant),
                deeds.assigned(),
                deeds.status("ready_for_pickup", UserGroup::merchant),
                deeds.status("picked_up", UserGroup::driver),
                deeds.status("in_transit", UserGroup::driver),
                deeds.status("delivered", UserGroup::driver));
    }

    @Test
    void aCancellationReachesEveryParty() throws Exception {
        lives.play(
                "cancelled",
                deeds::placedOverRest,
                deeds.status("accepted", UserGroup::merchant),
                deeds.status("ready_for_pickup", UserGroup::merchant),
                deeds.status("assigned_to_driver", UserGroup::driver),
                deeds.cancelled("changed my mind"));
    }

    @Test
    void aDeclinedOrderEndsThere() throws Exception {
        lives.play(
                "declined",
                deeds::placedOverRest,
                deeds.emitted(
                        UserGroup::merchant,
                        "marketplace",
                        "merchant:decline",
                        errand -> byId(errand).put("reason", "sold out")));
    }

    @Test
    void anOrderThatCannotBeDeliveredGoesBack() throws Exception {
        lives.play(
                "returned",
                deeds::placedOverRest,
                deeds.status("accepted", UserGroup::merchant),
                deeds.status("ready_for_pickup", UserGroup::merchant),
                deeds.status("assigned_to_driver", UserGroup::driver),
                deeds.status("picked_up", UserGroup::driver),
                deeds.status("failed", "nobody at home", UserGroup::driver),
                deeds.status("returned", UserGroup::merchant));
    }
}
