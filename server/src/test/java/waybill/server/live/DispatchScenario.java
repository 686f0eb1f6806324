package waybill.server.live;

import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.directory.DriverStatus;
import waybill.hub.dispatch.DispatchSettings;
import waybill.hub.dispatch.DispatchSettings.Strategy;
import waybill.journal.LogEntry;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// A hub that dispatches, with a clock that stands still until the test moves it, and drivers at known distances from
/// the store.
abstract class DispatchScenario {

    static final Duration TIMEOUT = Duration.ofSeconds(30);
    static final Duration ROUND = Duration.ofSeconds(1);

    static final Principal NEAR = driver("near");
    static final Principal MIDDLE = driver("middle");
    static final Principal FAR = driver("far");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Nullable
    DialectServerFixture fixture;

    private static Principal driver(String id) {
        return new Principal(id, Role.DRIVER, null, null, null);
    }

    DialectServerFixture hub(Strategy strategy) {
        var opened = DialectServerFixture.dispatching(
                data, DispatchSettings.defaults().withStrategy(strategy).withOfferTimeout(TIMEOUT));
        fixture = opened;
        opened.awaitFirstRound();
        return opened;
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    /// A driver goes on duty that far north of the store.
    static LiveTestClient onDuty(DialectServerFixture hub, Principal driver, double degrees) {
        var socket = hub.connect("/marketplace", driver);
        hub.setDriverStatus(driver, DriverStatus.AVAILABLE);
        var store = DialectServerFixture.STORE_POSITION;
        socket.emitWithAck("driver:location_update", json("lat", store.latitude() + degrees, "lng", store.longitude()));
        return socket;
    }

    static LiveTestClient near(DialectServerFixture hub) {
        return onDuty(hub, NEAR, 0.001);
    }

    static LiveTestClient middle(DialectServerFixture hub) {
        return onDuty(hub, MIDDLE, 0.01);
    }

    static LiveTestClient far(DialectServerFixture hub) {
        return onDuty(hub, FAR, 0.02);
    }

    /// An order that is ready at the store, whose places are known, after the next round.
    static Order ready(DialectServerFixture hub) {
        var order = hub.place(ANNA, "acme");
        hub.execute(order, new OrderCommand.Accept(), SHOP);
        var ready = hub.execute(order, new OrderCommand.MarkReady(), SHOP);
        nextRound(hub);
        return ready;
    }

    static void nextRound(DialectServerFixture hub) {
        hub.awaitRelay();
        hub.clock.advance(ROUND);
    }

    static LiveTestClient.ReceivedEvent request(LiveTestClient driver, Order order) {
        var request = driver.nextEvent("delivery:new_request");
        if (!request.text("order_id").equals(order.id().toString())) {
            throw new AssertionError(request);
        }
        return request;
    }

    static List<Offer> offers(DialectServerFixture hub, Order order) {
        return hub.store().eventLog().listHistory(order.id()).stream()
                .map(LogEntry::event)
                .filter(OrderEvent.Offered.class::isInstance)
                .map(event -> ((OrderEvent.Offered) event).offer())
                .toList();
    }

    static OrderState state(DialectServerFixture hub, Order order) {
        return hub.store().orderQueries().findOrder(order.id()).orElseThrow().state();
    }
}
