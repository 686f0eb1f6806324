package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.cli.orders.TwoUserGroups.ADA;
import static waybill.cli.orders.TwoUserGroups.BOB;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A position sent in one dialect arrives in all.
@Timeout(300)
class DriverPositionTest {

    private TwoUserGroups groups;
    private TestHub hub;

    @BeforeEach
    void connectAll(@TempDir Path data) throws IOException, InterruptedException {
        groups = TwoUserGroups.start(data);
        hub = groups.hub();
    }

    @AfterEach
    void clear() {
        groups.close();
    }

    @Test
    void aPositionReachesThePartiesOfTheOrderOnly() throws Exception {
        var adas = groups.placeInTransit(ADA, "on-its-way");
        var bobs = groups.placeInTransit(BOB, "on-its-way");
        var watching = hub.socket("ada on /realtime");
        hub.emitAccepted(watching, "subscribe:order", new JSONObject().put("orderId", adas.id()));
        for (var outsider : BOB.users()) {
            assertCannotSubscribe(outsider, adas);
        }
        var place = new JSONObject()
                .put("lat", 59.9139)
                .put("lng", 10.7522)
                .put("heading", 90)
                .put("speed", 4);
        groups.steps().emit(ADA.driver(), "marketplace", "driver:location_update", place);
        sees(watching, adas, "driver:location_update", "latitude");
        sees(hub.socket("ada on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(hub.socket("ada on / (storefront)"), adas, "delivery:location:update", "location");
        sees(hub.socket("root on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(hub.socket("root on /admin"), adas, "delivery:location:update", "location");
        var delivered = groups.steps().status("delivered", UserGroup::driver);
        delivered.on(adas);
        delivered.on(bobs);
        groups.awaitAllEvents("where");
        otherGroupReceivedNothingOf(adas);
    }

    private void assertCannotSubscribe(TestUser outsider, TestOrder order) throws InterruptedException {
        var spec = hub.socket(outsider.id() + " on /realtime");
        var rejected = hub.emit(spec, "subscribe:order", new JSONObject().put("orderId", order.id()));
        assertThat(rejected.optBoolean("ok")).as("%s: %s", outsider, rejected).isFalse();
        var joined = hub.emit(hub.socket(outsider.id() + " on / (storefront)"), "join:order", order.id());
        assertThat(joined.optBoolean("ok")).as("%s: %s", outsider, joined).isFalse();
    }

    private void sees(TestSocket spec, TestOrder order, String event, String field) throws InterruptedException {
        var seen =
                hub.received().await(spec.name(), event, note -> note.event().equals(event) && order.isNamedIn(note));
        var place = seen.body().get(field);
        assertThat(place instanceof JSONObject location ? location.get("lat") : place)
                .as("%s: %s", spec.name(), seen)
                .isEqualTo(new BigDecimal("59.9139"));
    }

    /// Except for the offer to all drivers.
    private void otherGroupReceivedNothingOf(TestOrder order) {
        for (var outsider : List.of(BOB.customer(), BOB.merchant())) {
            for (var spec : hub.sockets()) {
                if (spec.user().equals(outsider)) {
                    assertThat(EventSummary.of(spec, hub.received().of(spec.name()), order))
                            .as(spec.name())
                            .isEqualTo("nothing");
                }
            }
        }
        assertThat(hub.received().of("noor on / (marketplace)"))
                .noneMatch(note -> note.event().equals("order:driver_location") && order.isNamedIn(note));
    }
}
