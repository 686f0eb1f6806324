package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.caps.CapsTestClient.ReceivedEvent;
import waybill.server.rest.http.RestSettings;

/// Names, shapes and spellings in which clients that were written without this hub in mind speak on `/caps`: each finds
/// its own again, on a hub that is set up as it comes.
class CapsPayloadShapesTest {

    private static final String ACME = "acme-widgets";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final List<CapsTestClient> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withRest(RestSettings.defaults()));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsTestClient::close);
        hub.close();
    }

    @Test
    void flatAndWrappedReadersBothFindTheirOwn() throws JSONException {
        var vendor = connect("role=vendor");
        vendor.emitWithAck("join", ACME);
        var driver = connect("");
        var order = json("storeId", ACME, "id", "o1", "customer", "Jane Doe", "event", "mine");
        assertThat(vendor.emitWithAck("pickup", order).optBoolean("ok")).isTrue();
        var pickup = driver.nextEvent();
        assertThat(pickup.text("id")).isEqualTo("o1");
        assertThat(pickup.text("customer")).isEqualTo("Jane Doe");
        assertThat(pickup.text("event")).as("where names meet").isEqualTo("pickup");
        assertThat(pickup.text("messageId")).isEqualTo("o1");
        assertThat(pickup.text("clientId")).isEqualTo(ACME);
        assertThat(pickup.payload().getLong("eventId")).isEqualTo(1);
        assertThat(pickup.order().toString()).isEqualTo(order.toString());

        driver.emit("in-transit", pickup.payload()); // as flat drivers do
        driver.emit(
                "delivered", json("event", "delivered", "messageId", "o1", "clientId", ACME, "order", pickup.order()));
        for (var event : List.of("in-transit", "delivered")) {
            var told = vendor.nextEvent();
            assertThat(told.event()).isEqualTo(event);
            assertThat(told.text("event")).isEqualTo(event);
            assertThat(told.text("id")).isEqualTo("o1");
            assertThat(told.order().optString("customer")).isEqualTo("Jane Doe");
        }
    }

    @Test
    void fieldsAroundAWrappedOrderArePersisted() throws JSONException {
        var driver = connect("");
        var envelope = connect("profile=phase3");
        var flat = connect("profile=phase2");
        var said = json("event", "pickup", "time", 17, "payload", json("store", ACME, "orderID", "o1"));
        assertThat(connect("role=vendor").emitWithAck("pickup", said).optBoolean("ok"))
                .isTrue();
        var merged = driver.nextEvent().payload();
        assertThat(merged.getInt("time")).isEqualTo(17);
        assertThat(merged.getJSONObject("payload").getString("orderID")).isEqualTo("o1");
        assertThat(merged.getJSONObject("order").getString("orderID")).isEqualTo("o1");
        assertThat(merged.getString("orderID")).isEqualTo("o1");
        assertThat(envelope.nextEvent().payload().keySet())
                .containsExactlyInAnyOrder("event", "messageId", "clientId", "order", "eventId");
        assertThat(flat.nextEvent().payload().toString()).isEqualTo(said.toString());
    }

    @Test
    void everySynonymAndSpellingIsTheSameStoreMessageAndEvent() {
        var stores = List.of("clientId", "clientID", "store", "storeName", "storeId", "vendorId", "queueId");
        var messages = List.of("messageId", "messageID", "orderId", "orderID", "id");
        var vendor = connect("role=vendor");
        for (var store : stores) {
            for (var message : messages) {
                var answer = vendor.emitWithAck("pickup", json(store, ACME, message, store + message));
                assertThat(answer.optString("messageId")).isEqualTo(store + message);
            }
        }
        var driver = connect("");
        var count = stores.size() * messages.size();
        for (var event : List.of("getAll", "getall", "GET_ALL", "get-all", "get all")) {
            var word = event.equals("getAll") ? "PICKUP" : "pick_up";
            assertThat(driver.emitWithAck(event, json("eventName", word)).optInt("count"))
                    .as(event)
                    .isEqualTo(count);
        }
        var parcel = json("store", ACME, "id", "storeid");
        for (var event : List.of("IN_TRANSIT", "In Transit", "inTransit", "intransit")) {
            driver.emitWithAck(event, parcel);
        }
        assertThat(driver.emitWithAck("in-transit", parcel).optBoolean("duplicate"))
                .isTrue();
        assertThat(driver.emitWithAck("DELIVERED", parcel).optBoolean("ok")).isTrue();
    }

    @Test
    void aDriverReceivesItsOwnInTransitOnce() {
        var vendor = connect("role=vendor");
        vendor.emitWithAck("join", ACME);
        var driver = connect("driverId=kari");
        vendor.emitWithAck("pickup", json("store", ACME, "id", "o1"));
        assertThat(driver.nextEvent().event()).isEqualTo("pickup");
        driver.emitWithAck("join", ACME);
        vendor.emitWithAck("pickup", json("store", ACME, "id", "o2"));
        assertThat(driver.nextEvent().event()).isEqualTo("pickup");
        var other = connect("driverId=ola");
        assertThat(other.emitWithAck("in-transit", json("store", ACME, "id", "o1"))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(summary(other.nextEvent())).isEqualTo("in-transit o1");
        assertThat(summary(driver.nextEvent())).as("in the store's room").isEqualTo("in-transit o1");
        assertThat(driver.emitWithAck("in-transit", json("store", ACME, "id", "o2"))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(summary(driver.nextEvent())).isEqualTo("in-transit o2");
        assertThat(summary(vendor.nextEvent())).isEqualTo("in-transit o1");
        assertThat(summary(vendor.nextEvent())).isEqualTo("in-transit o2");
        assertThat(driver.receivedEvents()).isEmpty();
    }

    @Test
    void anUnknownEventIsAnsweredWithTheKnownEvents() {
        var socket = connect("");
        var error = socket.emitWithAck("enter-room", json()).optJSONObject("error");
        assertThat(error.optString("code")).isEqualTo("invalid");
        assertThat(error.optString("field")).isEqualTo("event");
        assertThat(error.optString("message"))
                .isEqualTo("event: enter-room (expected: one of join, subscribe, unsubscribe, pickup, in-transit,"
                        + " delivered, scan, received, getAll)");
        socket.emit("x".repeat(1_000), json());
        var said = socket.nextEvent();
        assertThat(said.event()).isEqualTo("error");
        assertThat(said.payload().toString()).hasSizeLessThan(500);
        assertThat(socket.emitWithAck("pickup", json("store", ACME, "id", "o1")).optBoolean("ok"))
                .isTrue();
    }

    @Test
    void anObjectThatCameAsATextIsReadAndOtherTextIsCalledText() {
        var socket = connect("");
        assertThat(socket.emitWithAck("join", "{\"clientId\":\"" + ACME + "\"}").optBoolean("ok"))
                .isTrue();
        assertThat(socket.emitWithAck("pickup", "{\"store\":\"" + ACME + "\",\"id\":\"o1\"}")
                        .optBoolean("ok"))
                .isTrue();
        connect("").emitWithAck("delivered", "{\"store\":\"" + ACME + "\",\"id\":\"o1\"}");
        assertThat(summary(socket.nextEvent())).isEqualTo("in-transit o1");
        assertThat(summary(socket.nextEvent())).isEqualTo("delivered o1");
        var refused = socket.emitWithAck("pickup", "o1").optJSONObject("error");
        assertThat(refused.optString("message")).isEqualTo("payload: no object but text (expected: a JSON object)");
        assertThat(message(socket.emitWithAck("pickup", new JSONArray(List.of(1)))))
                .contains("a list");
        assertThat(message(socket.emitWithAck("pickup", 7))).contains("a number");
    }

    @Test
    void anImplausibleOccurredAtIsRejected() {
        var socket = connect("");
        for (var time : List.of("9999-12-31T00:00:00Z", "1971-01-01T00:00:00Z")) {
            var answer = socket.emitWithAck("pickup", json("store", ACME, "id", "o1", "occurredAt", time));
            assertThat(answer.optJSONObject("error").optString("field")).isEqualTo("occurredAt");
        }
        assertThat(socket.emitWithAck("delivered", json("store", ACME, "id", "o1"))
                        .optBoolean("ok"))
                .as("nothing was placed")
                .isFalse();
    }

    @Test
    void idsWithALoneSurrogateAreRejected() {
        var socket = connect("");
        for (var id : List.of("\\ud83d", "\\ud83e")) {
            var answer = socket.emitWithAck("pickup", "{\"store\":\"" + ACME + "\",\"id\":\"" + id + "\"}");
            assertThat(message(answer)).contains("half a character");
        }
        assertThat(socket.emitWithAck("pickup", json("store", ACME, "id", "😀")).optBoolean("ok"))
                .isTrue();
    }

    private static String summary(ReceivedEvent said) {
        return said.event() + " " + said.text("messageId");
    }

    private static String message(JSONObject answer) {
        return answer.optJSONObject("error").optString("message");
    }

    private CapsTestClient connect(String query) {
        var socket = CapsTestClient.connect(hub.addresses().getFirst(), query);
        sockets.add(socket);
        return socket;
    }
}
