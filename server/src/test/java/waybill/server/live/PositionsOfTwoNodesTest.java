package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.geo.Position;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.server.cluster.LocalBus;

/// What viewers on two nodes receive of a driver that reports to one of them: each event once.
@Timeout(60)
class PositionsOfTwoNodesTest {

    private static final Duration LOST_AFTER = Duration.ofSeconds(301);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final LocalBus bus = new LocalBus();

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture one;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture two;

    @SuppressWarnings("NullAway.Init")
    private Order order;

    @SuppressWarnings("NullAway.Init")
    private List<LiveTestClient> viewers;

    @BeforeEach
    void open() {
        var adapters = new JoinedAdapters();
        one = DialectServerFixture.node(data, adapters, bus);
        two = one.otherNode(adapters);
        order = one.placeInTransit(KARI);
        awaitRelays();
        viewers = List.of(viewer(one), viewer(two));
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
        bus.close();
    }

    private LiveTestClient viewer(DialectServerFixture node) {
        var viewer = node.connect("/realtime", ANNA);
        viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        return viewer;
    }

    @Test
    void anEtaThatMovesIsPublishedByTheNodeOfTheDriverAndByEachNodeWhenTheDriverIsSilent() {
        report(one, 59.92);
        setDelivery(25);
        setDelivery(50);
        advance(Duration.ofSeconds(121));
        setDelivery(80);
        setDelivery(40);
        end();
        for (var viewer : viewers) {
            assertThat(viewer.receivedEvents())
                    .filteredOn(event -> event.event().equals("order:eta_update"))
                    .filteredOn(event -> event.text("etaSource").equals("store"))
                    .extracting(event -> event.payload().optInt("etaMinutes"))
                    .containsExactly(25, 50, 80, 40);
        }
    }

    private void setDelivery(int minutes) {
        var at = one.clock.instant().plus(Duration.ofMinutes(minutes));
        one.execute(order, new OrderCommand.SetTimes(at, null), SHOP);
        awaitRelays();
    }

    @Test
    void aSignalThatIsLostAndRegainedIsPublishedToEachViewerOnce() {
        report(one, 59.92);
        advance(LOST_AFTER);
        viewers.forEach(viewer -> viewer.nextEvent("driver:signal_lost"));
        report(one, 59.921);
        advance(Duration.ofSeconds(5));
        report(one, 59.922);
        viewers.forEach(viewer -> viewer.nextEvent("driver:signal_regained"));
        end();
        for (var viewer : viewers) {
            assertThat(viewer.receivedEventNames()).doesNotContain("driver:signal_lost", "driver:signal_regained");
        }
    }

    @Test
    void theSignalOfADriverIsLostAlsoWhileItsNodeIsPaused() {
        report(one, 59.92);
        two.clock.advance(LOST_AFTER); // and not that of the other node
        assertThat(viewers.getLast().nextEvent("driver:signal_lost").text("driverId"))
                .isEqualTo("kari");
    }

    private void report(DialectServerFixture node, double latitude) {
        node.connect("/realtime", KARI).emitWithAck("driver:location", json("latitude", latitude, "longitude", 10.75));
        one.awaitPosition("kari", new Position(latitude, 10.75));
        two.awaitPosition("kari", new Position(latitude, 10.75));
    }

    private void advance(Duration time) {
        one.clock.advance(time);
        two.clock.advance(time);
    }

    /// Waits until both viewers have the end of the order, after all that was published before.
    private void end() {
        one.execute(order, new OrderCommand.Deliver(), KARI);
        awaitRelays();
        for (var viewer : viewers) {
            viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        }
    }

    private void awaitRelays() {
        one.awaitRelay();
        two.awaitRelay();
    }
}
