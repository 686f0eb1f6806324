package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.journal.LogEntry;
import waybill.order.Event;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;

/// Times that a store sets, and the delay alerts that follow, at the customer's socket.
class DelayedOrdersTest {

    private static final Duration STEADY = Duration.ofSeconds(31);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    private void setDelivery(Order order, int inMinutes) {
        var at = fixture.clock.instant().plus(Duration.ofMinutes(inMinutes));
        fixture.execute(order, new OrderCommand.SetTimes(at, null), SHOP);
        fixture.awaitRelay();
    }

    private LiveTestClient viewer(Order order) {
        var viewer = fixture.connect("/realtime", ANNA);
        viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        return viewer;
    }

    @Test
    void aTimeThatTheStoreSetsIsSentWithItsSource() {
        fixture = DialectServerFixture.secured(data);
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var viewer = viewer(order);
        setDelivery(order, 25);

        var eta = viewer.nextEvent("order:eta_update").payload();
        assertThat(eta.optInt("etaMinutes")).isEqualTo(25);
        assertThat(eta.optInt("low")).isEqualTo(25);
        assertThat(eta.optString("etaSource")).isEqualTo("store");
        var snapshot =
                viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        assertThat(snapshot.optJSONObject("eta").toString()).contains("\"etaSource\":\"store\"");
    }

    /// Without a promise the first ETA counts, and ten minutes more.
    @Test
    void aDelayIsSentOnceAlsoAfterARestart() {
        fixture = DialectServerFixture.secured(data);
        var order = fixture.placeInTransit(KARI);
        setDelivery(order, 20);
        setDelivery(order, 50);
        var viewer = viewer(order);
        fixture.clock.advance(STEADY);
        var delayed = viewer.nextEvent("order:delayed").payload();
        assertThat(delayed.optInt("delayMinutes")).isEqualTo(20);
        assertThat(delayed.has("eventId")).isTrue();

        fixture.restart();
        fixture.clock.advance(STEADY);
        setDelivery(order, 60);
        fixture.clock.advance(STEADY);
        viewer = viewer(order);
        setDelivery(order, 25);
        fixture.clock.advance(STEADY);
        viewer.nextEvent("order:delay_ended");
        assertThat(fixture.store().eventLog().listHistory(order.id()))
                .extracting(LogEntry::event)
                .filteredOn(event -> isDelay(event))
                .extracting(Event::getClass)
                .containsExactly(OrderEvent.Delayed.class, OrderEvent.DelayEnded.class);
    }

    private static boolean isDelay(Event event) {
        return event instanceof OrderEvent.Delayed || event instanceof OrderEvent.DelayEnded;
    }
}
