package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.cli.orders.TwoWorlds.ADA;
import static waybill.cli.orders.TwoWorlds.BOB;

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
class WhereTheDriverIsTest {

    private TwoWorlds worlds;
    private Stage stage;

    @BeforeEach
    void seatEverybody(@TempDir Path data) throws IOException, InterruptedException {
        worlds = TwoWorlds.start(data);
        stage = worlds.stage();
    }

    @AfterEach
    void clear() {
        worlds.close();
    }

    @Test
    void whereTheDriverIsIsSeenByThoseWhoWaitForItAndByNobodyElse() throws Exception {
        var adas = worlds.onItsWay(ADA, "on-its-way");
        var bobs = worlds.onItsWay(BOB, "on-its-way");
        var watching = stage.seat("ada on /realtime");
        stage.done(watching, "subscribe:order", new JSONObject().put("orderId", adas.id()));
        for (var stranger : BOB.parties()) {
            mayNotWatch(stranger, adas);
        }
        var place = new JSONObject()
                .put("lat", 59.9139)
                .put("lng", 10.7522)
                .put("heading", 90)
                .put("speed", 4);
        worlds.deeds().say(ADA.driver(), "marketplace", "driver:location_update", place);
        sees(watching, adas, "driver:location_update", "latitude");
        sees(stage.seat("ada on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(stage.seat("ada on / (storefront)"), adas, "delivery:location:update", "location");
        sees(stage.seat("root on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(stage.seat("root on /admin"), adas, "delivery:location:update", "location");
        var delivered = worlds.deeds().status("delivered", World::driver);
        delivered.on(adas);
        delivered.on(bobs);
        worlds.hearThemOut("where");
        strangersHeardNothingOf(adas);
    }

    private void mayNotWatch(Party stranger, Errand errand) throws InterruptedException {
        var seat = stage.seat(stranger.id() + " on /realtime");
        var refused = stage.say(seat, "subscribe:order", new JSONObject().put("orderId", errand.id()));
        assertThat(refused.optBoolean("ok")).as("%s: %s", stranger, refused).isFalse();
        var joined = stage.say(stage.seat(stranger.id() + " on / (storefront)"), "join:order", errand.id());
        assertThat(joined.optBoolean("ok")).as("%s: %s", stranger, joined).isFalse();
    }

    private void sees(Seat seat, Errand errand, String event, String field) throws InterruptedException {
        var seen =
                stage.notes().await(seat.name(), event, note -> note.event().equals(event) && errand.isNamedIn(note));
        var place = seen.body().get(field);
        assertThat(place instanceof JSONObject location ? location.get("lat") : place)
                .as("%s: %s", seat.name(), seen)
                .isEqualTo(new BigDecimal("59.9139"));
    }

    /// But for its being offered to all drivers.
    private void strangersHeardNothingOf(Errand errand) {
        for (var stranger : List.of(BOB.customer(), BOB.merchant())) {
            for (var seat : stage.seats()) {
                if (seat.party().equals(stranger)) {
                    assertThat(Story.of(seat, stage.notes().of(seat.name()), errand))
                            .as(seat.name())
                            .isEqualTo("nothing");
                }
            }
        }
        assertThat(stage.notes().of("noor on / (marketplace)"))
                .noneMatch(note -> note.event().equals("order:driver_location") && errand.isNamedIn(note));
    }
}
