package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.CapsSocket.json;

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
import waybill.server.CapsSocket.Said;
import waybill.server.rest.RestSettings;

/// Names, shapes and spellings in which clients that were written without this hub in mind speak on `/caps`: each finds
/// its own again, on a hub that is set up as it comes.
class CapsShapesTest {

    private static final String ACME = "acme-widgets";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    private final List<CapsSocket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        hub = Hub.start(Config.defaults(data).withPorts(List.of(0)).withRest(RestSettings.defaults()));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsSocket::close);
        hub.close();
    }

    @Test
    void flatAndWrappedReadersBothFindTheirOwn() throws JSONException {
        var vendor = connect("role=vendor");
        vendor.ask("join", ACME);
        var driver = connect("");
        var order = json("storeId", ACME, "id", "o1", "customer", "Jane Doe", "event", "mine");
        assertThat(vendor.ask("pickup", order).optBoolean("ok")).isTrue();
        var pickup = driver.next();
        assertThat(pickup.text("id")).isEqualTo("o1");
        assertThat(pickup.text("customer")).isEqualTo("Jane Doe");
        assertThat(pickup.text("event")).as("where names meet").isEqualTo("pickup");
        assertThat(pickup.text("messageId")).isEqualTo("o1");
        assertThat(pickup.text("clientId")).isEqualTo(ACME);
        assertThat(pickup.payload().getLong("eventId")).isEqualTo(1);
        assertThat(pickup.order().toString()).isEqualTo(order.toString());

        driver.say("in-transit", pickup.payload()); // as flat drivers do
        driver.say(
                "delivered", json("event", "delivered", "messageId", "o1", "clientId", ACME, "order", pickup.order()));
        for (var event : List.of("in-transit", "delivered")) {
            var told = vendor.next();
            assertThat(told.event()).isEqualTo(event);
            assertThat(told.text("event")).isEqualTo(event);
            assertThat(told.text("id")).isEqualTo("o1");
            assertThat(told.order().optString("customer")).isEqualTo("Jane Doe");
        }
    }

    @Test
    void aWrappedSendersFieldsAroundTheOrderAreKept() throws JSONException {
        var driver = connect("");
        var envelope = connect("profile=phase3");
        var flat = connect("profile=phase2");
        var said = json("event", "pickup", "time", 17, "payload", json("store", ACME, "orderID", "o1"));
        assertThat(connect("role=vendor").ask("pickup", said).optBoolean("ok")).isTrue();
        var merged = driver.next().payload();
        assertThat(merged.getInt("time")).isEqualTo(17);
        assertThat(merged.getJSONObject("payload").getString("orderID")).isEqualTo("o1");
        assertThat(merged.getJSONObject("order").getString("orderID")).isEqualTo("o1");
        assertThat(merged.getString("orderID")).isEqualTo("o1");
        assertThat(envelope.next().payload().keySet())
                .containsExactlyInAnyOrder("event", "messageId", "clientId", "order", "eventId");
        assertThat(flat.next().payload().toString()).isEqualTo(said.toString());
    }

    @Test
    void everySynonymAndSpellingIsTheSameStoreMessageAndEvent() {
        var stores = List.of("clientId", "clientID", "store", "storeName", "storeId", "vendorId", "queueId");
        var messages = List.of("messageId", "messageID", "orderId", "orderID", "id");
        var vendor = connect("role=vendor");
        for (var store : stores) {
            for (var message : messages) {
                var answer = vendor.ask("pickup", json(store, ACME, message, store + message));
                assertThat(answer.optString("messageId")).isEqualTo(store + message);
            }
        }
        var driver = connect("");
        var count = stores.size() * messages.size();
        for (var event : List.of("getAll", "getall", "GET_ALL", "get-all", "get all")) {
            var word = event.equals("getAll") ? "PICKUP" : "pick_up";
            assertThat(driver.ask(event, json("eventName", word)).optInt("count"))
                    .as(event)
                    .isEqualTo(count);
        }
        var parcel = json("store", ACME, "id", "storeid");
        for (var event : List.of("IN_TRANSIT", "In Transit", "inTransit", "intransit")) {
            driver.ask(event, parcel);
        }
        assertThat(driver.ask("in-transit", parcel).optBoolean("duplicate")).isTrue();
        assertThat(driver.ask("DELIVERED", parcel).optBoolean("ok")).isTrue();
    }

    @Test
    void aDriverHearsItsOwnInTransitOnce() {
        var vendor = connect("role=vendor");
        vendor.ask("join", ACME);
        var driver = connect("driverId=kari");
        vendor.ask("pickup", json("store", ACME, "id", "o1"));
        assertThat(driver.next().event()).isEqualTo("pickup");
        driver.ask("join", ACME);
        vendor.ask("pickup", json("store", ACME, "id", "o2"));
        assertThat(driver.next().event()).isEqualTo("pickup");
        var other = connect("driverId=ola");
        assertThat(other.ask("in-transit", json("store", ACME, "id", "o1")).optBoolean("ok"))
                .isTrue();
        assertThat(told(other.next())).isEqualTo("in-transit o1");
        assertThat(told(driver.next())).as("in the store's room").isEqualTo("in-transit o1");
        assertThat(driver.ask("in-transit", json("store", ACME, "id", "o2")).optBoolean("ok"))
                .isTrue();
        assertThat(told(driver.next())).isEqualTo("in-transit o2");
        assertThat(told(vendor.next())).isEqualTo("in-transit o1");
        assertThat(told(vendor.next())).isEqualTo("in-transit o2");
        assertThat(driver.heardSoFar()).isEmpty();
    }

    @Test
    void whatIsNoEventIsAnsweredWithThoseThatAre() {
        var socket = connect("");
        var error = socket.ask("enter-room", json()).optJSONObject("error");
        assertThat(error.optString("code")).isEqualTo("invalid");
        assertThat(error.optString("field")).isEqualTo("event");
        assertThat(error.optString("message"))
                .isEqualTo("event: enter-room (expected: one of join, subscribe, unsubscribe, pickup, in-transit,"
                        + " delivered, scan, received, getAll)");
        socket.say("x".repeat(900_000), json());
        var said = socket.next();
        assertThat(said.event()).isEqualTo("error");
        assertThat(said.payload().toString()).hasSizeLessThan(500);
        assertThat(socket.ask("pickup", json("store", ACME, "id", "o1")).optBoolean("ok"))
                .isTrue();
    }

    @Test
    void anObjectThatCameAsATextIsReadAndOtherTextIsCalledText() {
        var socket = connect("");
        assertThat(socket.ask("join", "{\"clientId\":\"" + ACME + "\"}").optBoolean("ok"))
                .isTrue();
        assertThat(socket.ask("pickup", "{\"store\":\"" + ACME + "\",\"id\":\"o1\"}")
                        .optBoolean("ok"))
                .isTrue();
        connect("").ask("delivered", "{\"store\":\"" + ACME + "\",\"id\":\"o1\"}");
        assertThat(told(socket.next())).isEqualTo("in-transit o1");
        assertThat(told(socket.next())).isEqualTo("delivered o1");
        var refused = socket.ask("pickup", "o1").optJSONObject("error");
        assertThat(refused.optString("message")).isEqualTo("payload: no object but text (expected: a JSON object)");
        assertThat(message(socket.ask("pickup", new JSONArray(List.of(1))))).contains("a list");
        assertThat(message(socket.ask("pickup", 7))).contains("a number");
    }

    @Test
    void whatHappenedInTheFutureOrLongAgoIsNotBelieved() {
        var socket = connect("");
        for (var time : List.of("9999-12-31T00:00:00Z", "1971-01-01T00:00:00Z")) {
            var answer = socket.ask("pickup", json("store", ACME, "id", "o1", "occurredAt", time));
            assertThat(answer.optJSONObject("error").optString("field")).isEqualTo("occurredAt");
        }
        assertThat(socket.ask("delivered", json("store", ACME, "id", "o1")).optBoolean("ok"))
                .as("nothing was placed")
                .isFalse();
    }

    @Test
    void idsThatAreHalvesOfCharactersAreRefused() {
        var socket = connect("");
        for (var id : List.of("\\ud83d", "\\ud83e")) {
            var answer = socket.ask("pickup", "{\"store\":\"" + ACME + "\",\"id\":\"" + id + "\"}");
            assertThat(message(answer)).contains("half a character");
        }
        assertThat(socket.ask("pickup", json("store", ACME, "id", "😀")).optBoolean("ok"))
                .isTrue();
    }

    private static String told(Said said) {
        return said.event() + " " + said.text("messageId");
    }

    private static String message(JSONObject answer) {
        return answer.optJSONObject("error").optString("message");
    }

    private CapsSocket connect(String query) {
        var socket = CapsSocket.connect(hub.addresses().getFirst(), query);
        sockets.add(socket);
        return socket;
    }
}
