package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SUPPORT;
import static waybill.server.live.LiveTestClient.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.hub.position.FleetView;
import waybill.server.socket.EventResponder;
import waybill.socketio.Ack;
import waybill.socketio.RawJson;
import waybill.tracking.SignalPolicy;

/// Viewers of the fleet, over sockets.
class FleetViewersTest extends SecuredHubTest {

    private static final int WITH_ORDER = 4;

    private static JSONObject oslo(double zoom) {
        return json("bounds", json("west", 10.0, "south", 59.0, "east", 11.0, "north", 60.0), "zoom", zoom);
    }

    private static ByteBuffer positions(LiveTestClient viewer) {
        var frame = viewer.nextEvent("fleet:positions").payload();
        return ByteBuffer.wrap((byte[]) frame.opt("positions")).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void anAdministratorIsSentTheDriversOfItsPartOfTheMap() throws Exception {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var kari = fixture.connect("/realtime", KARI);
        kari.emitWithAck("driver:location", json("latitude", 59.91, "longitude", 10.75, "heading", 90));
        var admin = fixture.connect("/realtime", ADMIN);
        assertThat(admin.emitWithAck("subscribe:fleet", oslo(12)).optLong("intervalMs"))
                .isEqualTo(1_000);
        var table = admin.nextEvent("fleet:drivers").payload();
        assertThat(table.getJSONArray("drivers").getJSONArray(0).getString(1)).isEqualTo(KARI.id());
        var live = positions(admin);
        assertThat(live.remaining()).isEqualTo(16);
        assertThat(live.getInt(0))
                .isEqualTo(table.getJSONArray("drivers").getJSONArray(0).getInt(0));
        assertThat(live.getInt(4)).isEqualTo(59_910_000);
        assertThat(live.get(12)).isEqualTo((byte) 60);
        assertThat(live.get(13) & 7).as("live, with order %s", order.id()).isEqualTo(WITH_ORDER);

        fixture.clock.advance(Duration.ofMinutes(6));
        var lost = positions(admin);
        assertThat(lost.get(13) & 3).as("lost").isEqualTo(2);
        assertThat(lost.getShort(14)).isEqualTo((short) 360);

        var away = json("bounds", json("west", 20, "south", 59, "east", 21, "north", 60), "zoom", 12);
        admin.emitWithAck("subscribe:fleet", away);
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(positions(admin).hasRemaining()).isFalse();
        assertThat(admin.emitWithAck("unsubscribe:fleet", json()).optBoolean("ok"))
                .isTrue();
    }

    @Test
    void supportMaySeeTheFleetUntilItsViewEnds() {
        var viewer = fixture.connect("/realtime", SUPPORT);
        assertThat(viewer.emitWithAck("subscribe:fleet", oslo(3)).optLong("intervalMs"))
                .isEqualTo(5_000);
        assertThat(viewer.nextEvent("fleet:positions").payload().optInt("total"))
                .isZero();
    }

    @Test
    void aNodeHasAsManyViewersAsItsLimit() {
        var core = fixture.parts().core();
        var full = new FleetViewers(
                1,
                core.driverPositions(),
                core.activeOrders(),
                _ -> false,
                SignalPolicy.DEFAULT,
                fixture.clock,
                () -> 0);
        fixture.connect("/realtime", ADMIN);
        fixture.connect("/realtime", SUPPORT);
        var world = new FleetView(-180, -90, 180, 90, 0);
        assertThat(watch(full, ADMIN, world)).contains("\"intervalMs\":5000");
        assertThat(watch(full, SUPPORT, world)).contains("\"code\":\"unavailable\"", "\"retryAfterMs\":10000");
        assertThat(watch(full, ADMIN, world)).as("a viewer may move on").contains("\"intervalMs\":5000");
    }

    private String watch(FleetViewers viewers, Principal principal, FleetView view) {
        var client = fixture.clients().ofUser(principal.user()).findFirst().orElseThrow();
        var answer = new AtomicReference<>("");
        Ack ack = new Ack() {
            @Override
            public boolean isRequested() {
                return true;
            }

            @Override
            public void send(@Nullable Object... args) {
                answer.set(args[0] instanceof RawJson(var json) ? json : "");
            }
        };
        viewers.watch(
                client,
                principal,
                view,
                new EventResponder(client.socket, "subscribe:fleet", ack, client.channel.counters()));
        return answer.get();
    }
}
