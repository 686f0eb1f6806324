package waybill.cli.orders;

import static waybill.cli.orders.Deeds.byId;

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

    private TwoWorlds worlds;
    private Deeds deeds;
    private Lives lives;

    @BeforeAll
    void seatEverybody(@TempDir Path data) throws IOException, InterruptedException {
        worlds = TwoWorlds.start(data);
        deeds = worlds.deeds();
        lives = new Lives(worlds);
    }

    @AfterAll
    void clear() {
        worlds.close();
    }

    @Test
    void anOrderPlacedOverRestIsEverybodysInTheirOwnWords() throws Exception {
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
        var stage = worlds.stage();
        liveInFull((world, name) -> {
            var order = Rest.order(world.store(), name);
            order.put(storeId, order.remove("storeId"));
            order.put(externalId, order.remove("externalId"));
            order.put(deliveryAddress, order.remove("deliveryAddress"));
            var answer = stage.done(stage.seat(world.customer().id() + " on " + dialect), "order:place", order);
            return answer.optString("orderId", answer.optString("order_id"));
        });
    }

    /// From being placed to being delivered, with every status on the way, in all ways to say it.
    private void liveInFull(Deeds.Birth birth) throws IOException, InterruptedException {
        lives.live(
                "delivered",
                birth,
                deeds.paid(),
                deeds.said(World::merchant, "marketplace", "merchant:accept", Deeds::byId),
                deeds.status("preparing", World::merchant),
                deeds.status("ready_for_pickup", World::merchant),
                deeds.said(World::driver, "marketplace", "delivery:accept", Deeds::byId),
                deeds.status("picked_up", World::driver),
                deeds.said(World::driver, "phase3", "in-transit", Deeds::parcel),
                deeds.said(World::driver, "phase2", "scan", Deeds::code));
    }

    @Test
    void aParcelPlacedOnCapsIsAnOrderEverywhere() throws Exception {
        lives.live(
                "placed-on-caps",
                deeds::placedOnCaps,
                deeds.said(World::driver, "phase3", "in-transit", Deeds::parcel),
                deeds.said(World::driver, "phase2", "delivered", Deeds::parcel));
    }

    @Test
    void aParcelPlacedOnCapsMayBeCarriedWithTheOtherDialects() throws Exception {
        lives.live(
                "placed-on-caps",
                deeds::placedOnCaps,
                deeds.said(World::driver, "marketplace", "delivery:accept", Deeds::byId),
                deeds.status("picked_up", World::driver),
                deeds.status("in_transit", World::driver),
                deeds.status("delivered", World::driver));
    }

    @Test
    void aDriverMayBeAssignedBeforeTheOrderIsReady() throws Exception {
        lives.live(
                "assigned-early",
                deeds::placedOverRest,
                deeds.status("accepted", World::merchant),
                deeds.assigned(),
                deeds.status("ready_for_pickup", World::merchant),
                deeds.status("picked_up", World::driver),
                deeds.status("in_transit", World::driver),
                deeds.status("delivered", World::driver));
    }

    @Test
    void aCancelledOrderIsCalledOffForEverybodyWhoHasToDoWithIt() throws Exception {
        lives.live(
                "cancelled",
                deeds::placedOverRest,
                deeds.status("accepted", World::merchant),
                deeds.status("ready_for_pickup", World::merchant),
                deeds.status("assigned_to_driver", World::driver),
                deeds.cancelled("changed my mind"));
    }

    @Test
    void aDeclinedOrderEndsThere() throws Exception {
        lives.live(
                "declined",
                deeds::placedOverRest,
                deeds.said(
                        World::merchant,
                        "marketplace",
                        "merchant:decline",
                        errand -> byId(errand).put("reason", "sold out")));
    }

    @Test
    void anOrderThatCannotBeDeliveredGoesBack() throws Exception {
        lives.live(
                "returned",
                deeds::placedOverRest,
                deeds.status("accepted", World::merchant),
                deeds.status("ready_for_pickup", World::merchant),
                deeds.status("assigned_to_driver", World::driver),
                deeds.status("picked_up", World::driver),
                deeds.status("failed", "nobody at home", World::driver),
                deeds.status("returned", World::merchant));
    }
}
