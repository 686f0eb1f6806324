package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.DialectServerFixture.SUPPORT;
import static waybill.server.live.LiveTestClient.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.alert.AlertThresholds;
import waybill.hub.alert.StoreAlert;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.OrderCommand;
import waybill.order.SystemAlert;

/// Alerts about orders and drivers, on two nodes of one store.
class AlertsTest {

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
        one = DialectServerFixture.alerting(
                data, adapters, new AlertThresholds(Duration.ofSeconds(20), true, 0, 0, 0, 0, 0));
        two = one.otherNode(adapters);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    @Test
    void anOrderThatAStoreDoesNotAnswerIsAlertedOnceAndClearedOnce() {
        var sockets = List.of(
                one.connect("/realtime", ADMIN), two.connect("/storefront", ADMIN), two.connect("/realtime", SUPPORT));
        var marketplace = two.connect("/marketplace", ADMIN);
        var customer = one.connect("/realtime", ANNA);
        var order = one.place(ANNA, "acme");
        awaitRelays();
        advance(Duration.ofSeconds(22));
        awaitAlertEvents(1, Duration.ZERO); // the order would expire
        for (var socket : sockets) {
            var alert = socket.nextEvent("system:alert").payload();
            assertThat(alert.optString("kind")).isEqualTo("order_unanswered");
            assertThat(alert.optString("subject")).isEqualTo(order.number());
            assertThat(alert.optString("orderId")).isEqualTo(order.id().toString());
        }
        assertThat(marketplace.nextEvent("system:alert").payload().optString("order_id"))
                .isEqualTo(order.id().toString());
        one.execute(order, new OrderCommand.Accept(), SHOP);
        awaitRelays();
        awaitAlertEvents(2, Duration.ofMillis(200));
        sockets.forEach(socket -> socket.nextEvent("system:alert_cleared"));
        marketplace.nextEvent("system:alert_cleared");
        assertThat(alertEvents()).hasSize(2);
        assertThat(one.store().openAlerts().list()).isEmpty();
        assertThat(customer.receivedEventNames()).noneMatch(name -> name.startsWith("system:"));
    }

    @Test
    void anAlertIsNotRepeatedByARestartAndAnAdministratorThatWasAwayReceivesIt() {
        var away = one.connect("/realtime", ADMIN);
        one.disconnect(away, ADMIN);
        var order = one.placeInTransit(KARI);
        awaitRelays();
        var kari = one.connect("/realtime", KARI);
        kari.emitWithAck(
                "driver:location", json("orderId", order.id().toString(), "latitude", 59.92, "longitude", 10.75));
        var witness = one.connect("/realtime", SUPPORT);
        advance(Duration.ofSeconds(301));
        awaitAlertEvents(1, Duration.ofMillis(200));
        var alert = witness.nextEvent("system:alert").payload();
        assertThat(alert.optString("kind")).isEqualTo("driver_lost");
        assertThat(alert.optString("driverId")).isEqualTo("kari");
        two.close();
        one.restart();
        one.clock.advance(Duration.ofSeconds(6));
        var back = one.connect("/realtime", ADMIN);
        assertThat(back.nextEvent("system:alert").text("id")).isEqualTo(alert.optString("id"));
        one.clock.advance(Duration.ofSeconds(6));
        one.awaitRelay();
        assertThat(alertEvents()).hasSize(1);
        assertThat(one.store().openAlerts().list())
                .extracting(SystemAlert::subject)
                .containsExactly("kari");
    }

    @Test
    void aStoreThatCannotBeWrittenIsAlertedByEachNodeToEveryNode() throws IOException {
        var sockets = List.of(
                one.connect("/realtime", ADMIN),
                one.connect("/storefront", SUPPORT),
                two.connect("/realtime", SUPPORT),
                two.connect("/marketplace", ADMIN));
        var customer = one.connect("/realtime", ANNA);
        var elsewhere = data.resolve("elsewhere.db");
        Files.move(data.resolve("waybill.db"), elsewhere);
        for (var socket : sockets) {
            assertThat(subjectsOfTwo(socket, "system:alert")).containsExactlyInAnyOrder("one", "two");
        }
        Files.move(elsewhere, data.resolve("waybill.db"));
        one.awaitWritable();
        advance(StoreAlert.CLEAR_AFTER);
        for (var socket : sockets) {
            assertThat(subjectsOfTwo(socket, "system:alert_cleared")).containsExactlyInAnyOrder("one", "two");
        }
        assertThat(alertEvents()).isEmpty();
        assertThat(customer.receivedEventNames()).noneMatch(name -> name.startsWith("system:"));
    }

    private static List<String> subjectsOfTwo(LiveTestClient socket, String event) {
        return Stream.generate(() -> socket.nextEvent(event).payload())
                .limit(2)
                .peek(alert -> assertThat(alert.optString("kind")).isEqualTo("store_unwritable"))
                .map(alert -> alert.optString("subject"))
                .toList();
    }

    private List<LogEntry> alertEvents() {
        return one.store().eventLog().listAfter(0, 1_000).stream()
                .filter(entry ->
                        entry.event() instanceof HubEvent.AlertOpened || entry.event() instanceof HubEvent.AlertCleared)
                .toList();
    }

    /// A check may be under way when the clock moves, so that the next one is due later.
    private void awaitAlertEvents(int count, Duration step) {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (alertEvents().size() < count) {
            assertThat(System.nanoTime()).as("alerts").isLessThan(deadline);
            advance(step);
            awaitRelays();
        }
    }

    private void advance(Duration time) {
        one.clock.advance(time);
        two.clock.advance(time);
    }

    private void awaitRelays() {
        one.awaitRelay();
        two.awaitRelay();
    }
}
