package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.journal.LogEntry;
import waybill.order.NodeEvent;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

/// Two nodes in one process, on one store, whose sockets a broadcast reaches through one adapter.
class TwoNodesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture one;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture two;

    @BeforeEach
    void open() {
        var adapters = new JoinedAdapters();
        one = DialectServerFixture.node(data, adapters);
        two = one.otherNode(adapters);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    @Test
    void everySocketReceivesAnEventOnceWhicheverNodeItIsConnectedTo() {
        var here = one.connect("/realtime", ANNA);
        var there = two.connect("/realtime", ANNA);
        var order = one.place(ANNA, "acme");
        var accepted = two.execute(order, new OrderCommand.Accept(), SHOP);
        awaitRelays();
        one.execute(accepted, new OrderCommand.MarkReady(), SHOP);
        awaitRelays();
        var expected = List.of("pending", "accepted", "ready_for_pickup");
        assertThat(statuses(here)).isEqualTo(expected);
        assertThat(statuses(there)).isEqualTo(expected);
    }

    /// The statuses that a socket received until the order was ready, and after that as far as they have come.
    private static List<String> statuses(LiveTestClient socket) {
        var received = new ArrayList<String>();
        while (!received.contains("ready_for_pickup")) {
            received.add(socket.nextEvent("order:status_update").text("status"));
        }
        socket.receivedEvents().stream().map(one -> one.text("status")).forEach(received::add);
        return received;
    }

    @Test
    void aPositionReachesAViewerOfAnotherDialectOnTheOtherNode() {
        var order = one.placeInTransit(KARI);
        awaitRelays();
        var kari = one.connect("/marketplace", KARI);
        var anna = two.connect("/realtime", ANNA);
        anna.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        kari.emitWithAck("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(anna.nextEvent("driver:location_update").payload().optDouble("latitude"))
                .isEqualTo(59.92);
    }

    @Test
    void theRelayOfEachNodeHasACheckpointOfItsOwn() {
        one.place(ANNA, "acme");
        awaitRelays();
        two.close();
        one.place(ANNA, "acme");
        one.awaitRelay();
        one.restart();
        assertThat(one.store().eventLog().findRelayCheckpoint("relay of one")).hasValue(2);
        assertThat(one.store().eventLog().findRelayCheckpoint("relay of two")).hasValue(1);
    }

    @Test
    void aRevocationOnOneNodeDisconnectsTheUserOnTheOther() {
        var here = one.connect("/realtime", ANNA);
        var there = two.connect("/realtime", ANNA);
        var token = two.token(ANNA);
        one.revoke(ANNA);
        here.awaitDisconnect();
        there.awaitDisconnect();
        assertThat(two.connectError("/realtime", Map.of("token", token), "").toString())
                .contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void aConfirmationOnOneNodeStopsTheRepeatsOfTheOther() {
        var here = one.connect("/marketplace", SHOP);
        var there = two.connect("/marketplace", SHOP);
        var order = one.place(ANNA, "acme");
        awaitRelays();
        there.nextEvent("merchant:new_order");
        assertThat(two.unconfirmedOrders()).isEqualTo(1);
        here.nextEvent("merchant:new_order").answer(new JSONObject());
        one.awaitUnconfirmedOrders(0);
        two.awaitUnconfirmedOrders(0);
        assertThat(one.state(order)).isEqualTo(OrderState.PENDING);
        assertThat(one.store().eventLog().listAfter(order.lastSequence(), 9))
                .extracting(LogEntry::event)
                .containsExactly(new NodeEvent.EventConfirmed("acme", order.lastSequence()));
    }

    @Test
    void anOrderThatNoStoreAcceptsIsExpiredOnce() {
        var order = one.place(ANNA, "acme");
        awaitRelays();
        one.clock.advance(Duration.ofMinutes(2));
        two.clock.advance(Duration.ofMinutes(2));
        one.awaitState(order, OrderState.EXPIRED);
        awaitRelays();
        assertThat(one.store().eventLog().lastSequence()).isEqualTo(2);
    }

    private void awaitRelays() {
        one.awaitRelay();
        two.awaitRelay();
    }
}
