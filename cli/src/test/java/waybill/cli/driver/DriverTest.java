package waybill.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.cli.caps.RecordedConnection.BUSY;
import static waybill.cli.caps.RecordedConnection.CONFLICT;
import static waybill.cli.caps.RecordedConnection.DONE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.AckResult;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.ManualExecutor;
import waybill.cli.caps.Profile;
import waybill.cli.caps.RecordedConnection;

class DriverTest {

    private static final Duration TO_PICK_UP = Duration.ofMillis(1_500);
    private static final Duration TO_DELIVER = Duration.ofSeconds(3);
    private static final int HANDS_MAX = 2;

    private final RecordedConnection connection = new RecordedConnection();
    private final ManualExecutor time = new ManualExecutor();
    private final List<ClientEvent> events = new ArrayList<>();
    private final Driver driver =
            new Driver(connection, time, new WorkPace(TO_PICK_UP, TO_DELIVER, HANDS_MAX), events::add);

    @BeforeEach
    void connect() {
        driver.onConnect();
        assertThat(connection.sentEvents())
                .containsExactly("subscribe {'event':'pickup'}", "getAll {'event':'pickup'}");
    }

    @Test
    void aParcelIsPickedUpAndDeliveredAfterTheirDelays() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP.minusMillis(1));
        assertThat(connection.sentEvents()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(connection.sentEvents()).containsExactly("in-transit acme-widgets/7");
        assertThat(printedLines()).containsExactly("picking up 7");

        connection.acknowledge("in-transit", DONE);
        assertThat(printedLines()).containsExactly("picking up 7", "DRIVER: picked up 7.");
        time.advance(TO_DELIVER.minusMillis(1));
        assertThat(connection.sentEvents()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(connection.sentEvents()).containsExactly("delivered acme-widgets/7");

        connection.acknowledge("delivered", DONE);
        assertThat(printedLines()).containsExactly("picking up 7", "DRIVER: picked up 7.", "DRIVER: delivered 7.");
        assertThat(connection.sentEvents()).containsExactly("received pickup acme-widgets/7");
    }

    @Test
    void theOrderPayloadIsSentUnchanged() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        var sent = connection.lastSent("in-transit");
        assertThat(sent.getString("event")).isEqualTo("in-transit");
        assertThat(sent.getJSONObject("order").similar(parcel("7").getJSONObject("order")))
                .isTrue();
    }

    @Test
    void aFlatPayloadIsSentFlat() {
        var flat = new JSONObject().put("storeId", "acme-widgets").put("id", 7);
        driver.onEvent("pickup", flat);
        time.advance(TO_PICK_UP);
        assertThat(connection.lastSent("in-transit").similar(flat)).isTrue();
    }

    @Test
    void aParcelOfAnotherDriverStaysInTheQueue() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        connection.acknowledge("in-transit", CONFLICT);
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP.plus(TO_DELIVER));
        assertThat(printedLines()).containsExactly("picking up 7", "DRIVER: 7 went to another driver.");
        assertThat(connection.sentEvents()).containsExactly("in-transit acme-widgets/7");
    }

    @Test
    void aDuplicatePickupIsClaimedOnce() {
        driver.onEvent("pickup", parcel("7"));
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        assertThat(connection.sentEvents()).containsExactly("in-transit acme-widgets/7");
    }

    @Test
    void aPickupAfterItsDeliveryIsConfirmedAgain() {
        deliver("7");
        connection.sentEvents();
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        assertThat(connection.sentEvents()).containsExactly("received pickup acme-widgets/7");
    }

    @Test
    void anEventWithoutAnAckIsSentAgainOnTheNextConnection() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        driver.onDisconnect();
        connection.sentEvents();
        driver.onConnect();
        assertThat(connection.sentEvents()).endsWith("in-transit acme-widgets/7");
    }

    @Test
    void anEventRejectedAsUnavailableIsSentAgainLater() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        connection.acknowledge("in-transit", BUSY);
        connection.sentEvents();
        time.advance(AckResult.RETRY_AFTER);
        assertThat(connection.sentEvents()).containsExactly("in-transit acme-widgets/7");
    }

    @Test
    void aParcelDueWhileDisconnectedIsDeliveredOnReconnect() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        connection.acknowledge("in-transit", DONE);
        driver.onDisconnect();
        connection.sentEvents();
        time.advance(TO_DELIVER);
        assertThat(connection.sentEvents()).isEmpty();
        driver.onConnect();
        assertThat(connection.sentEvents()).endsWith("delivered acme-widgets/7");
    }

    @Test
    void aFullDriverTakesTheNextParcelAfterADelivery() {
        driver.onEvent("pickup", parcel("1"));
        driver.onEvent("pickup", parcel("2"));
        driver.onEvent("pickup", parcel("3"));
        time.advance(TO_PICK_UP);
        assertThat(connection.sentEvents()).containsExactly("in-transit acme-widgets/1", "in-transit acme-widgets/2");
        connection.acknowledge("in-transit", CONFLICT);
        time.advance(TO_PICK_UP);
        assertThat(connection.sentEvents()).containsExactly("in-transit acme-widgets/3");
    }

    @Test
    void pickupsOverTheWaitingLimitAreRequestedAgain() {
        var parcels = HANDS_MAX + Driver.WAITING_MAX + 1;
        for (int i = 0; i < parcels; i++) {
            driver.onEvent("pickup", parcel("" + i));
        }
        for (int i = 0; i < parcels - 2; i++) {
            time.advance(TO_PICK_UP);
            assertThat(connection.sentEvents()).doesNotContain("getAll {'event':'pickup'}");
            connection.acknowledge("in-transit", CONFLICT);
        }
        assertThat(connection.sentEvents()).containsExactly("getAll {'event':'pickup'}");
    }

    @Test
    void aScannedParcelIsDeliveredAtOnceAndNotAgain() {
        driver.onEvent("pickup", parcel("7"));
        time.advance(TO_PICK_UP);
        connection.acknowledge("in-transit", DONE);
        connection.sentEvents();
        driver.scan("7");
        connection.acknowledge("scan", DONE);
        time.advance(TO_DELIVER);
        assertThat(printedLines()).endsWith("DRIVER: delivered 7.").doesNotHaveDuplicates();
        assertThat(connection.sentEvents()).containsExactly("scan {'code':'7'}", "received pickup acme-widgets/7");
    }

    @Test
    void aRejectedScanIsReported() {
        driver.scan("9");
        connection.acknowledge("scan", new AckResult.Rejected("not_found", "no parcel 9", AckResult.RETRY_AFTER));
        assertThat(printedLines()).containsExactly("scan 9: not_found: no parcel 9");
    }

    @Test
    void eventsForStoresAndMessagesWithoutAnIdAreIgnored() {
        driver.onEvent("delivered", parcel("7"));
        driver.onEvent("pickup", new JSONObject().put("store", "acme-widgets"));
        time.advance(TO_PICK_UP);
        assertThat(connection.sentEvents()).isEmpty();
    }

    private void deliver(String id) {
        driver.onEvent("pickup", parcel(id));
        time.advance(TO_PICK_UP);
        connection.acknowledge("in-transit", DONE);
        time.advance(TO_DELIVER);
        connection.acknowledge("delivered", DONE);
    }

    private List<String> printedLines() {
        return events.stream()
                .flatMap(each -> new EventText(Profile.phase3).of(each).stream())
                .toList();
    }

    private static JSONObject parcel(String id) {
        return new JSONObject()
                .put("event", "pickup")
                .put("messageId", id)
                .put("clientId", "acme-widgets")
                .put("order", new JSONObject().put("orderId", id).put("customer", "Ada Berg"));
    }
}
