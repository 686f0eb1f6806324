package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ADMIN;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.OLA;
import static waybill.server.realtime.House.OTHER_SHOP;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

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
import waybill.mailbox.Receipt;
import waybill.order.Actor;
import waybill.order.Details;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

/// `/marketplace`, as the official Java client meets it.
class MarketplaceTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @BeforeEach
    void open() {
        house = House.secured(data);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aTokenInTheQuerySpeaksThisDialectOnTheMainNamespaceToo() {
        var shop = house.connect("/", Map.of(), "token=" + house.token(SHOP));
        house.place(ANNA, "acme");
        assertThat(shop.next("merchant:new_order").payload().optInt("timer")).isEqualTo(60);
    }

    @Test
    void aPositionGoesToTheCustomerWithoutAsking() {
        var anna = house.connect("/marketplace", ANNA);
        var order = house.drivenBy(KARI);
        house.settle();
        var ben = house.connect("/marketplace", BEN);
        var late = house.connect("/marketplace", ANNA);
        var admin = house.connect("/marketplace", ADMIN);
        var kari = house.connect("/marketplace", KARI);
        kari.say("driver:location_update", json("lat", 59.92, "lng", 10.75, "heading", 90, "speed", 40));
        for (var viewer : List.of(anna, late, admin, kari)) {
            var location = viewer.next("order:driver_location");
            assertThat(location.payload().optDouble("lat")).isEqualTo(59.92);
            assertThat(location.text("order_id")).isEqualTo(order.id().toString());
        }
        assertThat(ben.eventsSoFar()).isEmpty();
    }

    @Test
    void aStoreTakesAnOrderByAnsweringThatItDoes() {
        var anna = house.connect("/marketplace", ANNA);
        var shop = house.connect("/marketplace", SHOP);
        var order = house.place(ANNA, "acme");
        shop.next("merchant:new_order").answer(json("accepted", true));
        assertThat(anna.next("order:status_update").text("status")).isEqualTo("pending");
        assertThat(anna.next("order:status_update").text("status")).isEqualTo("accepted");
        assertThat(house.state(order)).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void aStoreMayAnswerThatItDoesNotWantAnOrder() {
        var anna = house.connect("/marketplace", ANNA);
        var shop = house.connect("/marketplace", SHOP);
        house.place(ANNA, "acme");
        shop.next("merchant:new_order").answer(json("accepted", false, "reason", "no roses"));
        anna.next("order:status_update");
        var declined = anna.next("order:status_update");
        assertThat(declined.text("status")).isEqualTo("declined");
        assertThat(declined.text("reason")).isEqualTo("no roses");
    }

    @Test
    void aNewOrderIsSaidAgainUntilTheStoreConfirmsIt() {
        var shop = house.connect("/marketplace", SHOP);
        var order = house.place(ANNA, "acme");
        var first = shop.next("merchant:new_order");
        assertThat(receipt().state()).isIn(Receipt.State.PENDING, Receipt.State.SENT);
        house.clock.pass(Duration.ofSeconds(11));
        var second = shop.next("merchant:new_order");
        assertThat(second.payload().toString()).isEqualTo(first.payload().toString());
        awaitReceipt(Receipt.State.SENT);
        second.answer(new JSONObject());
        awaitReceipt(Receipt.State.ACKNOWLEDGED);
        assertThat(receipt().attempts()).isEqualTo(2);
        assertThat(house.state(order)).isEqualTo(OrderState.PENDING);
        shop.heardSoFar();
        house.clock.pass(Duration.ofSeconds(11));
        house.place(ANNA, "acme");
        assertThat(shop.next("merchant:new_order").text("order_id"))
                .isNotEqualTo(order.id().toString());
    }

    @Test
    void aStoreThatComesBackIsToldWhatItHasNotConfirmed() {
        var order = house.place(ANNA, "acme");
        house.settle();
        var other = house.connect("/marketplace", OTHER_SHOP);
        var shop = house.connect("/marketplace", SHOP);
        assertThat(shop.next("merchant:new_order").text("order_id"))
                .isEqualTo(order.id().toString());
        shop.close();
        house.restart();
        shop = house.connect("/marketplace", SHOP);
        var again = shop.next("merchant:new_order");
        assertThat(again.text("order_id")).isEqualTo(order.id().toString());
        again.answer(json("accepted", true));
        awaitReceipt(Receipt.State.ACKNOWLEDGED);
        other.close();
    }

    @Test
    void anOrderThatNobodyAcceptsInTimeExpires() {
        var anna = house.connect("/marketplace", ANNA);
        var order = house.place(ANNA, "acme");
        anna.next("order:status_update");
        house.clock.pass(Duration.ofSeconds(61));
        assertThat(anna.next("order:status_update").text("status")).isEqualTo("expired");
        assertThat(house.state(order)).isEqualTo(OrderState.EXPIRED);
        var shop = house.connect("/marketplace", SHOP);
        var error = shop.error("merchant:accept", json("order_id", order.id().toString()));
        assertThat(error.optString("code")).isEqualTo("conflict");
    }

    @Test
    void aDeadlineOutlivesTheProcess() {
        var late = house.place(ANNA, "acme");
        house.clock.pass(Duration.ofSeconds(30));
        var early = house.place(ANNA, "acme");
        house.restart();
        var anna = house.connect("/marketplace", ANNA);
        house.clock.pass(Duration.ofSeconds(31));
        assertThat(anna.next("order:status_update").text("order_id"))
                .isEqualTo(late.id().toString());
        assertThat(house.state(early)).isEqualTo(OrderState.PENDING);
        house.clock.pass(Duration.ofSeconds(30));
        assertThat(anna.next("order:status_update").text("order_id"))
                .isEqualTo(early.id().toString());
    }

    @Test
    void anAcceptedOrderDoesNotExpire() {
        var anna = house.connect("/marketplace", ANNA);
        var accepted = house.place(ANNA, "acme");
        house.does(accepted, new OrderCommand.Accept(), SHOP);
        var forgotten = house.place(ANNA, "acme");
        house.clock.pass(Duration.ofSeconds(61));
        for (var said = anna.next("order:status_update");
                !said.text("status").equals("expired");
                said = anna.next("order:status_update")) {
            assertThat(said.text("status")).isIn("pending", "accepted");
        }
        assertThat(house.state(accepted)).isEqualTo(OrderState.ACCEPTED);
        assertThat(house.state(forgotten)).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void ofTwoDriversWhoWantAnOrderOneGetsIt() {
        var kari = house.connect("/marketplace", KARI);
        var ola = house.connect("/marketplace", OLA);
        for (var i = 0; i < 20; i++) {
            var order = ready();
            kari.next("delivery:new_request");
            ola.next("delivery:new_request");
            var wish = json("order_id", order.id().toString());
            var one = kari.asking("delivery:accept", wish);
            var other = ola.asking("delivery:accept", wish);
            var answers = List.of(one.join(), other.join());
            assertThat(answers.stream().filter(answer -> answer.optBoolean("ok")))
                    .hasSize(1);
            assertThat(answers.toString()).contains("\"code\":\"conflict\"");
            var loser = answers.getFirst().optBoolean("ok") ? ola : kari;
            assertThat(loser.next("delivery:request_closed").text("order_id"))
                    .isEqualTo(order.id().toString());
        }
    }

    @Test
    void aDriverMayTakeAnOrderByItsAnswer() {
        var kari = house.connect("/marketplace", KARI);
        var anna = house.connect("/marketplace", ANNA);
        var order = ready();
        kari.next("delivery:new_request").answer(json("accepted", true));
        for (var said = anna.next("order:status_update");
                !said.text("status").equals("assigned_to_driver");
                said = anna.next("order:status_update")) {
            assertThat(said.text("order_id")).isEqualTo(order.id().toString());
        }
    }

    @Test
    void aDriverThatComesIsAskedAboutWhatStillWaits() {
        var taken = ready();
        house.does(taken, new OrderCommand.Claim(Actor.of(OLA)), OLA);
        var waits = ready();
        house.settle();
        var kari = house.connect("/marketplace", KARI);
        assertThat(kari.next("delivery:new_request").text("order_id"))
                .isEqualTo(waits.id().toString());
        assertThat(kari.eventsSoFar()).isEmpty();
    }

    @Test
    void aDriverWhoseOrderIsGivenToAnotherSeesItNoMore() {
        var kari = house.connect("/marketplace", KARI);
        var order = house.drivenBy(KARI);
        house.does(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        house.settle();
        kari.heardSoFar();
        var ola = house.connect("/marketplace", OLA);
        ola.ask("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(ola.next("order:driver_location").text("driver_id")).isEqualTo("ola");
        house.does(order, new OrderCommand.Deliver(), OLA);
        house.settle();
        assertThat(kari.eventsSoFar()).isEmpty();
    }

    @Test
    void aDriverWhoHasAnOrderKeepsSeeingItWhenItsHistoryIsToldAgain() {
        var order = house.drivenBy(KARI);
        house.does(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        house.settle();
        var kari = house.connect("/marketplace", KARI);
        var ola = house.connect("/marketplace", OLA);
        house.tellAgain(order);
        ola.heardSoFar();
        kari.heardSoFar();
        ola.ask("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(ola.next("order:driver_location").text("driver_id")).isEqualTo("ola");
        assertThat(kari.eventsSoFar()).isEmpty();
    }

    @Test
    void ordersOfAStoreThatConfirmsNothingAreRememberedUpToALimit() {
        var shop = house.connect("/marketplace", SHOP);
        var perOrder = 400L * Details.ITEMS_MAX;
        var orders = (int) (NewOrders.PER_STORE_CHARACTERS_MAX / perOrder) + 3;
        for (var i = 0; i < orders; i++) {
            house.placeLarge(ANNA);
            house.clock.pass(Duration.ofMillis(1));
        }
        house.settle();
        assertThat((long) house.unconfirmedOrders())
                .isPositive()
                .isLessThanOrEqualTo(NewOrders.PER_STORE_CHARACTERS_MAX / perOrder);
        shop.close();
    }

    @Test
    void aDriverWhoIsOfflineIsNotAskedUntilItIsBack() {
        var kari = house.connect("/marketplace", KARI);
        house.driverIs(KARI, DriverStatus.OFFLINE);
        var order = ready();
        house.settle();
        assertThat(kari.eventsSoFar()).doesNotContain("delivery:new_request");
        house.driverIs(KARI, DriverStatus.AVAILABLE);
        assertThat(kari.next("delivery:new_request").text("order_id"))
                .isEqualTo(order.id().toString());
        house.driverIs(KARI, DriverStatus.OFFLINE);
        house.restart();
        var back = house.connect("/marketplace", KARI);
        assertThat(back.eventsSoFar()).doesNotContain("delivery:new_request");
    }

    private Order ready() {
        return house.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
    }

    private Receipt receipt() {
        return house.store()
                .receipts()
                .search(Optional.of("acme"), Optional.empty(), 0, 1)
                .getFirst();
    }

    /// What is noted of a receipt is written a little after it is so; reading again and again ends with the test.
    private void awaitReceipt(Receipt.State state) {
        while (receipt().state() != state) {
            house.store().journal().submit(_ -> true).join();
        }
    }
}
