package waybill.cli.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.cli.caps.SpokenLine.BUSY;
import static waybill.cli.caps.SpokenLine.DONE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.Answer;
import waybill.cli.caps.MadeUpTime;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SpokenLine;
import waybill.cli.caps.Words;

class VendorTest {

    private final SpokenLine line = new SpokenLine();
    private final MadeUpTime time = new MadeUpTime();
    private final List<News> news = new ArrayList<>();
    private final Vendor vendor = new Vendor("acme-widgets", line, time, news::add);

    @Test
    void onConnectingItJoinsItsRoomSubscribesAndCatchesUp() {
        vendor.connected();
        assertThat(line.heard())
                .containsExactly(
                        "join {'clientId':'acme-widgets'}",
                        "subscribe {'clientId':'acme-widgets','event':'in-transit'}",
                        "getAll {'clientId':'acme-widgets','event':'in-transit'}",
                        "subscribe {'clientId':'acme-widgets','event':'delivered'}",
                        "getAll {'clientId':'acme-widgets','event':'delivered'}");
    }

    @Test
    void anOrderIsAPickupWithStoreOrderCustomerAndAddress() {
        vendor.connected();
        vendor.place(order("7"));
        assertThat(line.lastSaid("pickup").toMap())
                .hasSize(4)
                .containsEntry("store", "acme-widgets")
                .containsEntry("orderId", "7")
                .containsEntry("customer", "Ada Berg")
                .containsEntry("address", "1 Elm Road");
    }

    @Test
    void anOrderIsPlacedOnceTheHubHasAnswered() {
        vendor.connected();
        vendor.place(order("7"));
        assertThat(told()).isEmpty();
        line.answer("pickup", DONE);
        assertThat(told()).containsExactly("order 7 for Ada Berg is placed");
    }

    @Test
    void anUnansweredOrderIsSaidAgainOnTheNextLineAndTakesEffectOnce() {
        vendor.connected();
        vendor.place(order("7"));
        vendor.disconnected();
        line.heard();
        vendor.connected();
        assertThat(line.heard()).endsWith("pickup acme-widgets/7");
        line.answer("pickup", DONE);
        line.answer("pickup", new Answer.Done(true));
        assertThat(told()).containsExactly("order 7 for Ada Berg is placed");
    }

    @Test
    void anAnsweredOrderIsNotSaidAgain() {
        vendor.connected();
        vendor.place(order("7"));
        line.answer("pickup", DONE);
        vendor.disconnected();
        line.heard();
        vendor.connected();
        assertThat(line.heard()).doesNotContain("pickup acme-widgets/7");
    }

    @Test
    void anOrderPlacedWithoutALineIsSaidWhenThereIsOne() {
        vendor.place(order("7"));
        assertThat(line.heard()).isEmpty();
        vendor.connected();
        assertThat(line.heard()).endsWith("pickup acme-widgets/7");
    }

    @Test
    void anOrderForWhichTheHubHasNoRoomIsSaidAgainLater() {
        vendor.connected();
        vendor.place(order("7"));
        line.heard();
        line.answer("pickup", BUSY);
        time.pass(Duration.ofMillis(999));
        assertThat(line.heard()).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(line.heard()).containsExactly("pickup acme-widgets/7");
        assertThat(told()).isEmpty();
    }

    @Test
    void anOrderThatIsRefusedForGoodIsToldAndDropped() {
        vendor.connected();
        vendor.place(order("7"));
        line.answer("pickup", new Answer.Refused("invalid", "customer: missing", Answer.RETRY_AFTER));
        assertThat(told()).containsExactly("order 7: invalid: customer: missing");
    }

    @Test
    void aFullOutboxTakesNoMoreOrdersAndSaysSoOnce() {
        for (int i = 0; i < Vendor.UNANSWERED_MAX; i++) {
            assertThat(vendor.place(order("" + i))).isTrue();
        }
        assertThat(vendor.place(order("one"))).isFalse();
        assertThat(vendor.place(order("two"))).isFalse();
        assertThat(told()).containsExactly("1000 orders are unanswered; placing no more until the hub answers");
        vendor.connected();
        line.answer("pickup", DONE);
        assertThat(vendor.place(order("three"))).isTrue();
    }

    @Test
    void aDeliveryIsThankedForAndReceived() {
        vendor.connected();
        line.heard();
        vendor.heard("delivered", wrapped("7"));
        assertThat(told()).element(0).isEqualTo("Thank you for your order Ada Berg.");
        assertThat(told())
                .element(1)
                .asString()
                .startsWith("order 7 is delivered: {")
                .contains("\"customer\":\"Ada Berg\"");
        assertThat(line.heard()).containsExactly("received delivered acme-widgets/7");
    }

    @Test
    void inPhaseTwoTheDriverIsThankedToo() {
        vendor.heard("delivered", order("7").payload("acme-widgets"));
        assertThat(news.stream().flatMap(each -> new Words(Profile.phase2).of(each).stream()))
                .startsWith("thank you for delivering 7", "Thank you for your order Ada Berg.")
                .hasSize(3);
    }

    @Test
    void aRepeatedDeliveryIsReceivedAgainButThankedForOnce() {
        vendor.connected();
        line.heard();
        vendor.heard("delivered", wrapped("7"));
        vendor.heard("delivered", wrapped("7"));
        assertThat(news).hasSize(1);
        assertThat(line.heard())
                .containsExactly("received delivered acme-widgets/7", "received delivered acme-widgets/7");
    }

    @Test
    void newsOfAParcelInTransitIsReceived() {
        vendor.connected();
        line.heard();
        vendor.heard("in-transit", wrapped("7"));
        assertThat(told()).containsExactly("order 7 is in transit");
        assertThat(line.heard()).containsExactly("received in-transit acme-widgets/7");
    }

    @Test
    void aMessageIsConfirmedWhenTheHubHasAnsweredItsReceived() {
        vendor.connected();
        vendor.heard("delivered", wrapped("7"));
        assertThat(vendor.isConfirmed()).isFalse();
        vendor.disconnected();
        vendor.connected();
        assertThat(vendor.isConfirmed()).as("said on a line that was lost").isFalse();
        vendor.heard("delivered", wrapped("7"));
        line.answer("received", BUSY);
        assertThat(vendor.isConfirmed()).isFalse();
        line.answer("received", DONE);
        assertThat(vendor.isConfirmed()).isTrue();
    }

    @Test
    void aTokenOfAnotherStoreIsToldOnce() {
        vendor.connected();
        vendor.place(order("7"));
        var forbidden = new Answer.Refused("forbidden", "join: for acme-widgets", Answer.RETRY_AFTER);
        for (var event : List.of("join", "subscribe", "getAll", "subscribe", "getAll", "pickup")) {
            line.answer(event, forbidden);
        }
        assertThat(news).containsExactly(new News.TurnedAway("forbidden", "join: for acme-widgets"));
        assertThat(told()).containsExactly("the hub refuses this token: join: for acme-widgets");
    }

    @Test
    void anOrderWithoutANameIsThankedForAllTheSame() {
        vendor.heard(
                "delivered",
                new JSONObject()
                        .put("messageId", "7")
                        .put("clientId", "acme-widgets")
                        .put("order", new JSONObject().put("customer", "")));
        assertThat(told()).element(0).isEqualTo("Thank you for your order customer.");
    }

    @Test
    void anotherStoresParcelsAndAllPickupsAreIgnored() {
        vendor.connected();
        line.heard();
        vendor.heard("delivered", order("7").payload("1-206-flowers"));
        vendor.heard("pickup", wrapped("8"));
        vendor.heard("delivered", new JSONObject());
        assertThat(news).isEmpty();
        assertThat(line.heard()).isEmpty();
    }

    private List<String> told() {
        return news.stream()
                .flatMap(each -> new Words(Profile.phase3).of(each).stream())
                .toList();
    }

    private static Order order(String id) {
        return new Order(id, "Ada Berg", "1 Elm Road");
    }

    private static JSONObject wrapped(String id) {
        return new JSONObject()
                .put("event", "delivered")
                .put("messageId", id)
                .put("clientId", "acme-widgets")
                .put("order", order(id).payload("acme-widgets"));
    }
}
