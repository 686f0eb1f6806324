package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.OTHER_SHOP;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.DriverStatus;
import waybill.messaging.Confirmation;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderState;

/// `/marketplace`, as the official Java client meets it.
class MarketplaceNamespaceTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @BeforeEach
    void open() {
        fixture = DialectServerFixture.secured(data);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aTokenInTheQuerySelectsThisDialectOnTheMainNamespace() {
        var shop = fixture.connect("/", Map.of(), "token=" + fixture.token(SHOP));
        fixture.place(ANNA, "acme");
        assertThat(shop.nextEvent("merchant:new_order").payload().optInt("timer"))
                .isEqualTo(60);
    }

    @Test
    void aPositionGoesToTheCustomerWithoutAsking() {
        var anna = fixture.connect("/marketplace", ANNA);
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var ben = fixture.connect("/marketplace", BEN);
        var late = fixture.connect("/marketplace", ANNA);
        var admin = fixture.connect("/marketplace", ADMIN);
        var kari = fixture.connect("/marketplace", KARI);
        kari.emit("driver:location_update", json("lat", 59.92, "lng", 10.75, "heading", 90, "speed", 40));
        for (var viewer : List.of(anna, late, admin, kari)) {
            var location = viewer.nextEvent("order:driver_location");
            assertThat(location.payload().optDouble("lat")).isEqualTo(59.92);
            assertThat(location.text("order_id")).isEqualTo(order.id().toString());
        }
        assertThat(ben.receivedEventNames()).isEmpty();
    }

    @Test
    void aStoreTakesAnOrderByAnsweringThatItDoes() {
        var anna = fixture.connect("/marketplace", ANNA);
        var shop = fixture.connect("/marketplace", SHOP);
        var order = fixture.place(ANNA, "acme");
        shop.nextEvent("merchant:new_order").answer(json("accepted", true));
        assertThat(anna.nextEvent("order:status_update").text("status")).isEqualTo("pending");
        assertThat(anna.nextEvent("order:status_update").text("status")).isEqualTo("accepted");
        assertThat(fixture.state(order)).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void aStoreMayAnswerThatItDoesNotWantAnOrder() {
        var anna = fixture.connect("/marketplace", ANNA);
        var shop = fixture.connect("/marketplace", SHOP);
        fixture.place(ANNA, "acme");
        shop.nextEvent("merchant:new_order").answer(json("accepted", false, "reason", "no roses"));
        anna.nextEvent("order:status_update");
        var declined = anna.nextEvent("order:status_update");
        assertThat(declined.text("status")).isEqualTo("declined");
        assertThat(declined.text("reason")).isEqualTo("no roses");
    }

    @Test
    void aNewOrderIsSentAgainUntilTheStoreConfirmsIt() {
        var shop = fixture.connect("/marketplace", SHOP);
        var order = fixture.place(ANNA, "acme");
        var first = shop.nextEvent("merchant:new_order");
        assertThat(receipt().state()).isIn(Confirmation.State.PENDING, Confirmation.State.SENT);
        fixture.clock.advance(Duration.ofSeconds(11));
        var second = shop.nextEvent("merchant:new_order");
        assertThat(second.payload().toString()).isEqualTo(first.payload().toString());
        awaitReceipt(Confirmation.State.SENT);
        second.answer(new JSONObject());
        awaitReceipt(Confirmation.State.ACKNOWLEDGED);
        assertThat(receipt().attempts()).isEqualTo(2);
        assertThat(fixture.state(order)).isEqualTo(OrderState.PENDING);
        shop.receivedEvents();
        fixture.clock.advance(Duration.ofSeconds(11));
        fixture.place(ANNA, "acme");
        assertThat(shop.nextEvent("merchant:new_order").text("order_id"))
                .isNotEqualTo(order.id().toString());
    }

    @Test
    void aReconnectingStoreGetsItsUnconfirmedOrders() {
        var order = fixture.place(ANNA, "acme");
        fixture.awaitRelay();
        var other = fixture.connect("/marketplace", OTHER_SHOP);
        var shop = fixture.connect("/marketplace", SHOP);
        assertThat(shop.nextEvent("merchant:new_order").text("order_id"))
                .isEqualTo(order.id().toString());
        shop.close();
        fixture.restart();
        shop = fixture.connect("/marketplace", SHOP);
        var again = shop.nextEvent("merchant:new_order");
        assertThat(again.text("order_id")).isEqualTo(order.id().toString());
        again.answer(json("accepted", true));
        awaitReceipt(Confirmation.State.ACKNOWLEDGED);
        other.close();
    }

    @Test
    void anOrderThatIsNotAcceptedInTimeExpires() {
        var anna = fixture.connect("/marketplace", ANNA);
        var order = fixture.place(ANNA, "acme");
        anna.nextEvent("order:status_update");
        fixture.clock.advance(Duration.ofSeconds(61));
        assertThat(anna.nextEvent("order:status_update").text("status")).isEqualTo("expired");
        assertThat(fixture.state(order)).isEqualTo(OrderState.EXPIRED);
        var shop = fixture.connect("/marketplace", SHOP);
        var error = shop.error("merchant:accept", json("order_id", order.id().toString()));
        assertThat(error.optString("code")).isEqualTo("conflict");
    }

    @Test
    void aDeadlineOutlivesTheProcess() {
        var late = fixture.place(ANNA, "acme");
        fixture.clock.advance(Duration.ofSeconds(30));
        var early = fixture.place(ANNA, "acme");
        fixture.restart();
        var anna = fixture.connect("/marketplace", ANNA);
        fixture.clock.advance(Duration.ofSeconds(31));
        assertThat(anna.nextEvent("order:status_update").text("order_id"))
                .isEqualTo(late.id().toString());
        assertThat(fixture.state(early)).isEqualTo(OrderState.PENDING);
        fixture.clock.advance(Duration.ofSeconds(30));
        assertThat(anna.nextEvent("order:status_update").text("order_id"))
                .isEqualTo(early.id().toString());
    }

    @Test
    void anAcceptedOrderDoesNotExpire() {
        var anna = fixture.connect("/marketplace", ANNA);
        var accepted = fixture.place(ANNA, "acme");
        fixture.execute(accepted, new OrderCommand.Accept(), SHOP);
        var forgotten = fixture.place(ANNA, "acme");
        fixture.clock.advance(Duration.ofSeconds(61));
        for (var said = anna.nextEvent("order:status_update");
                !said.text("status").equals("expired");
                said = anna.nextEvent("order:status_update")) {
            assertThat(said.text("status")).isIn("pending", "accepted");
        }
        assertThat(fixture.state(accepted)).isEqualTo(OrderState.ACCEPTED);
        assertThat(fixture.state(forgotten)).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void ofTwoClaimingDriversOneIsAssigned() {
        var kari = fixture.connect("/marketplace", KARI);
        var ola = fixture.connect("/marketplace", OLA);
        for (var i = 0; i < 20; i++) {
            var order = ready();
            kari.nextEvent("delivery:new_request");
            ola.nextEvent("delivery:new_request");
            var wish = json("order_id", order.id().toString());
            var one = kari.emitAsync("delivery:accept", wish);
            var other = ola.emitAsync("delivery:accept", wish);
            var answers = List.of(one.join(), other.join());
            assertThat(answers.stream().filter(answer -> answer.optBoolean("ok")))
                    .hasSize(1);
            assertThat(answers.toString()).contains("\"code\":\"conflict\"");
            var loser = answers.getFirst().optBoolean("ok") ? ola : kari;
            assertThat(loser.nextEvent("delivery:request_closed").text("order_id"))
                    .isEqualTo(order.id().toString());
        }
    }

    @Test
    void aDriverMayTakeAnOrderByItsAnswer() {
        var kari = fixture.connect("/marketplace", KARI);
        var anna = fixture.connect("/marketplace", ANNA);
        var order = ready();
        kari.nextEvent("delivery:new_request").answer(json("accepted", true));
        for (var said = anna.nextEvent("order:status_update");
                !said.text("status").equals("assigned_to_driver");
                said = anna.nextEvent("order:status_update")) {
            assertThat(said.text("order_id")).isEqualTo(order.id().toString());
        }
    }

    @Test
    void aDriverThatComesIsAskedAboutWhatStillWaits() {
        var taken = ready();
        fixture.execute(taken, new OrderCommand.Claim(Actor.of(OLA)), OLA);
        var waits = ready();
        fixture.awaitRelay();
        var kari = fixture.connect("/marketplace", KARI);
        assertThat(kari.nextEvent("delivery:new_request").text("order_id"))
                .isEqualTo(waits.id().toString());
        assertThat(kari.receivedEventNames()).isEmpty();
    }

    @Test
    void aReassignedDriverNoLongerReceivesTheOrder() {
        var kari = fixture.connect("/marketplace", KARI);
        var order = fixture.placeInTransit(KARI);
        fixture.execute(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        fixture.awaitRelay();
        kari.receivedEvents();
        var ola = fixture.connect("/marketplace", OLA);
        ola.emitWithAck("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(ola.nextEvent("order:driver_location").text("driver_id")).isEqualTo("ola");
        fixture.execute(order, new OrderCommand.Deliver(), OLA);
        fixture.awaitRelay();
        assertThat(kari.receivedEventNames()).isEmpty();
    }

    @Test
    void aDriverWhoHasAnOrderKeepsSeeingItWhenItsHistoryIsToldAgain() {
        var order = fixture.placeInTransit(KARI);
        fixture.execute(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        fixture.awaitRelay();
        var kari = fixture.connect("/marketplace", KARI);
        var ola = fixture.connect("/marketplace", OLA);
        fixture.tellAgain(order);
        ola.receivedEvents();
        kari.receivedEvents();
        ola.emitWithAck("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(ola.nextEvent("order:driver_location").text("driver_id")).isEqualTo("ola");
        assertThat(kari.receivedEventNames()).isEmpty();
    }

    @Test
    void ordersOfAStoreThatConfirmsNothingAreRememberedUpToALimit() {
        var shop = fixture.connect("/marketplace", SHOP);
        var perOrder = 400L * OrderDetails.ITEMS_MAX;
        var orders = (int) (OrderConfirmations.PER_STORE_CHARACTERS_MAX / perOrder) + 3;
        for (var i = 0; i < orders; i++) {
            fixture.placeLarge(ANNA);
            fixture.clock.advance(Duration.ofMillis(1));
        }
        fixture.awaitRelay();
        assertThat((long) fixture.unconfirmedOrders())
                .isPositive()
                .isLessThanOrEqualTo(OrderConfirmations.PER_STORE_CHARACTERS_MAX / perOrder);
        shop.close();
    }

    @Test
    void anOfflineDriverGetsRequestsOnlyOnceItIsOnline() {
        var kari = fixture.connect("/marketplace", KARI);
        fixture.setDriverStatus(KARI, DriverStatus.OFFLINE);
        var order = ready();
        fixture.awaitRelay();
        assertThat(kari.receivedEventNames()).doesNotContain("delivery:new_request");
        fixture.setDriverStatus(KARI, DriverStatus.AVAILABLE);
        assertThat(kari.nextEvent("delivery:new_request").text("order_id"))
                .isEqualTo(order.id().toString());
        fixture.setDriverStatus(KARI, DriverStatus.OFFLINE);
        fixture.restart();
        var back = fixture.connect("/marketplace", KARI);
        assertThat(back.receivedEventNames()).doesNotContain("delivery:new_request");
    }

    private Order ready() {
        return fixture.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
    }

    private Confirmation receipt() {
        return fixture.store()
                .confirmations()
                .search(Optional.of("acme"), Optional.empty(), 0, 1)
                .getFirst();
    }

    /// What is noted of a receipt is written a little after it is so; reading again and again ends with the test.
    private void awaitReceipt(Confirmation.State state) {
        while (receipt().state() != state) {
            fixture.store().journal().submit(_ -> true).join();
        }
    }
}
