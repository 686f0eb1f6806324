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

/// A position is said in one dialect and seen in all.
@Timeout(300)
class DriverPositionTest {

    private TwoUserGroups groups;
    private TestHub stage;

    @BeforeEach
    void connectAll(@TempDir Path data) throws IOException, InterruptedException {
        groups = TwoUserGroups.start(data);
        stage = groups.hub();
    }

    @AfterEach
    void clear() {
        groups.close();
    }

    @Test
    void aPositionReachesThePartiesOfTheOrderOnly() throws Exception {
        var adas = groups.placeInTransit(ADA, "on-its-way");
        var bobs = groups.placeInTransit(BOB, "on-its-way");
        var watching = stage.socket("ada on /realtime");
        stage.emitAccepted(watching, "subscribe:order", new JSONObject().put("orderId", adas.id()));
        for (var stranger : BOB.users()) {
            mayNotWatch(stranger, adas);
        }
        var place = new JSONObject()
                .put("lat", 59.9139)
                .put("lng", 10.7522)
                .put("heading", 90)
                .put("speed", 4);
        groups.steps().emit(ADA.driver(), "marketplace", "driver:location_update", place);
        sees(watching, adas, "driver:location_update", "latitude");
        sees(stage.socket("ada on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(stage.socket("ada on / (storefront)"), adas, "delivery:location:update", "location");
        sees(stage.socket("root on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(stage.socket("root on /admin"), adas, "delivery:location:update", "location");
        var delivered = groups.steps().status("delivered", UserGroup::driver);
        delivered.on(adas);
        delivered.on(bobs);
        groups.awaitAllEvents("where");
        otherGroupReceivedNothingOf(adas);
    }

    private void mayNotWatch(TestUser stranger, TestOrder errand) throws InterruptedException {
        var spec = stage.socket(stranger.id() + " on /realtime");
        var refused = stage.emit(spec, "subscribe:order", new JSONObject().put("orderId", errand.id()));
        assertThat(refused.optBoolean("ok")).as("%s: %s", stranger, refused).isFalse();
        var joined = stage.emit(stage.socket(stranger.id() + " on / (storefront)"), "join:order", errand.id());
        assertThat(joined.optBoolean("ok")).as("%s: %s", stranger, joined).isFalse();
    }

    private void sees(TestSocket spec, TestOrder errand, String event, String field) throws InterruptedException {
        var seen = stage.received()
                .await(spec.name(), event, note -> note.event().equals(event) && errand.isNamedIn(note));
        var place = seen.body().get(field);
        assertThat(place instanceof JSONObject location ? location.get("lat") : place)
                .as("%s: %s", spec.name(), seen)
                .isEqualTo(new BigDecimal("59.9139"));
    }

    /// But for its being offered to all drivers.
    private void otherGroupReceivedNothingOf(TestOrder errand) {
        for (var stranger : List.of(BOB.customer(), BOB.merchant())) {
            for (var spec : stage.sockets()) {
                if (spec.user().equals(stranger)) {
                    assertThat(EventSummary.of(spec, stage.received().of(spec.name()), errand))
                            .as(spec.name())
                            .isEqualTo("nothing");
                }
            }
        }
        assertThat(stage.received().of("noor on / (marketplace)"))
                .noneMatch(note -> note.event().equals("order:driver_location") && errand.isNamedIn(note));
    }
}
