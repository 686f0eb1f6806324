package waybill.cli.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.cli.caps.RecordedConnection.BUSY;
import static waybill.cli.caps.RecordedConnection.DONE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.AckResult;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.ManualExecutor;
import waybill.cli.caps.Profile;
import waybill.cli.caps.RecordedConnection;

class VendorTest {

    private final RecordedConnection connection = new RecordedConnection();
    private final ManualExecutor time = new ManualExecutor();
    private final List<ClientEvent> events = new ArrayList<>();
    private final Vendor vendor = new Vendor("acme-widgets", connection, time, events::add);

    @Test
    void onConnectTheVendorJoinsSubscribesAndRequestsMissedMessages() {
        vendor.onConnect();
        assertThat(connection.sentEvents())
                .containsExactly(
                        "join {'clientId':'acme-widgets'}",
                        "subscribe {'clientId':'acme-widgets','event':'in-transit'}",
                        "getAll {'clientId':'acme-widgets','event':'in-transit'}",
                        "subscribe {'clientId':'acme-widgets','event':'delivered'}",
                        "getAll {'clientId':'acme-widgets','event':'delivered'}");
    }

    @Test
    void anOrderIsSentAsAPickupWithItsFields() {
        vendor.onConnect();
        vendor.place(order("7"));
        assertThat(connection.lastSent("pickup").toMap())
                .hasSize(4)
                .containsEntry("store", "acme-widgets")
                .containsEntry("orderId", "7")
                .containsEntry("customer", "Ada Berg")
                .containsEntry("address", "1 Elm Road");
    }

    @Test
    void anOrderIsPlacedOnceTheHubHasAcknowledgedIt() {
        vendor.onConnect();
        vendor.place(order("7"));
        assertThat(printedLines()).isEmpty();
        connection.acknowledge("pickup", DONE);
        assertThat(printedLines()).containsExactly("order 7 for Ada Berg is placed");
    }

    @Test
    void anUnacknowledgedOrderIsSentAgainOnReconnectAndTakesEffectOnce() {
        vendor.onConnect();
        vendor.place(order("7"));
        vendor.onDisconnect();
        connection.sentEvents();
        vendor.onConnect();
        assertThat(connection.sentEvents()).endsWith("pickup acme-widgets/7");
        connection.acknowledge("pickup", DONE);
        connection.acknowledge("pickup", new AckResult.Accepted(true));
        assertThat(printedLines()).containsExactly("order 7 for Ada Berg is placed");
    }

    @Test
    void anAcknowledgedOrderIsNotSentAgain() {
        vendor.onConnect();
        vendor.place(order("7"));
        connection.acknowledge("pickup", DONE);
        vendor.onDisconnect();
        connection.sentEvents();
        vendor.onConnect();
        assertThat(connection.sentEvents()).doesNotContain("pickup acme-widgets/7");
    }

    @Test
    void anOrderPlacedOfflineIsSentOnConnect() {
        vendor.place(order("7"));
        assertThat(connection.sentEvents()).isEmpty();
        vendor.onConnect();
        assertThat(connection.sentEvents()).endsWith("pickup acme-widgets/7");
    }

    @Test
    void anOrderRejectedAsUnavailableIsSentAgainLater() {
        vendor.onConnect();
        vendor.place(order("7"));
        connection.sentEvents();
        connection.acknowledge("pickup", BUSY);
        time.advance(Duration.ofMillis(999));
        assertThat(connection.sentEvents()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(connection.sentEvents()).containsExactly("pickup acme-widgets/7");
        assertThat(printedLines()).isEmpty();
    }

    @Test
    void aRejectedOrderIsReportedAndDropped() {
        vendor.onConnect();
        vendor.place(order("7"));
        connection.acknowledge("pickup", new AckResult.Rejected("invalid", "customer: missing", AckResult.RETRY_AFTER));
        assertThat(printedLines()).containsExactly("order 7: invalid: customer: missing");
    }

    @Test
    void aFullOutboxRejectsOrdersAndReportsItOnce() {
        for (int i = 0; i < Vendor.UNANSWERED_MAX; i++) {
            assertThat(vendor.place(order("" + i))).isTrue();
        }
        assertThat(vendor.place(order("one"))).isFalse();
        assertThat(vendor.place(order("two"))).isFalse();
        assertThat(printedLines())
                .containsExactly("1000 orders are unacknowledged; placing no more until the hub responds");
        vendor.onConnect();
        connection.acknowledge("pickup", DONE);
        assertThat(vendor.place(order("three"))).isTrue();
    }

    @Test
    void aDeliveryIsThankedForAndReceived() {
        vendor.onConnect();
        connection.sentEvents();
        vendor.onEvent("delivered", wrapped("7"));
        assertThat(printedLines()).element(0).isEqualTo("Thank you for your order Ada Berg.");
        assertThat(printedLines())
                .element(1)
                .asString()
                .startsWith("order 7 is delivered: {")
                .contains("\"customer\":\"Ada Berg\"");
        assertThat(connection.sentEvents()).containsExactly("received delivered acme-widgets/7");
    }

    @Test
    void inPhaseTwoTheDriverIsThankedToo() {
        vendor.onEvent("delivered", order("7").payload("acme-widgets"));
        assertThat(events.stream().flatMap(each -> new EventText(Profile.phase2).of(each).stream()))
                .startsWith("thank you for delivering 7", "Thank you for your order Ada Berg.")
                .hasSize(3);
    }

    @Test
    void aRepeatedDeliveryIsReceivedAgainButThankedForOnce() {
        vendor.onConnect();
        connection.sentEvents();
        vendor.onEvent("delivered", wrapped("7"));
        vendor.onEvent("delivered", wrapped("7"));
        assertThat(events).hasSize(1);
        assertThat(connection.sentEvents())
                .containsExactly("received delivered acme-widgets/7", "received delivered acme-widgets/7");
    }

    @Test
    void anInTransitEventIsConfirmed() {
        vendor.onConnect();
        connection.sentEvents();
        vendor.onEvent("in-transit", wrapped("7"));
        assertThat(printedLines()).containsExactly("order 7 is in transit");
        assertThat(connection.sentEvents()).containsExactly("received in-transit acme-widgets/7");
    }

    @Test
    void aMessageIsConfirmedWhenTheHubHasAcknowledgedItsReceived() {
        vendor.onConnect();
        vendor.onEvent("delivered", wrapped("7"));
        assertThat(vendor.isConfirmed()).isFalse();
        vendor.onDisconnect();
        vendor.onConnect();
        assertThat(vendor.isConfirmed()).as("sent on a lost connection").isFalse();
        vendor.onEvent("delivered", wrapped("7"));
        connection.acknowledge("received", BUSY);
        assertThat(vendor.isConfirmed()).isFalse();
        connection.acknowledge("received", DONE);
        assertThat(vendor.isConfirmed()).isTrue();
    }

    @Test
    void aTokenOfAnotherStoreIsReportedOnce() {
        vendor.onConnect();
        vendor.place(order("7"));
        var forbidden = new AckResult.Rejected("forbidden", "join: for acme-widgets", AckResult.RETRY_AFTER);
        for (var event : List.of("join", "subscribe", "getAll", "subscribe", "getAll", "pickup")) {
            connection.acknowledge(event, forbidden);
        }
        assertThat(events).containsExactly(new ClientEvent.AccessDenied("forbidden", "join: for acme-widgets"));
        assertThat(printedLines()).containsExactly("the hub rejects this token: join: for acme-widgets");
    }

    @Test
    void anOrderWithoutANameIsThankedFor() {
        vendor.onEvent(
                "delivered",
                new JSONObject()
                        .put("messageId", "7")
                        .put("clientId", "acme-widgets")
                        .put("order", new JSONObject().put("customer", "")));
        assertThat(printedLines()).element(0).isEqualTo("Thank you for your order customer.");
    }

    @Test
    void anotherStoresParcelsAndAllPickupsAreIgnored() {
        vendor.onConnect();
        connection.sentEvents();
        vendor.onEvent("delivered", order("7").payload("1-206-flowers"));
        vendor.onEvent("pickup", wrapped("8"));
        vendor.onEvent("delivered", new JSONObject());
        assertThat(events).isEmpty();
        assertThat(connection.sentEvents()).isEmpty();
    }

    private List<String> printedLines() {
        return events.stream()
                .flatMap(each -> new EventText(Profile.phase3).of(each).stream())
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
