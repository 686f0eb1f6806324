package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.OTHER_SHOP;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.time.Duration;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.messaging.Confirmation;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderState;

/// That a store receives and confirms its new orders, and what happens to those that it does not accept.
class MarketplaceConfirmationTest extends MarketplaceScenario {

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
}
