package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.caps.CapsTestClient.ReceivedEvent;

/// Whose a message is that is received, and what `getAll` says again: by the rules of the queues, and without harm to
/// a client of large parcels.
class QueueSelectionTest {

    private static final String ACME = "acme-widgets";
    private static final String FLOWERS = "1-800-flowers";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final List<CapsTestClient> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withCapsLimits(CapsLimits.off()));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsTestClient::close);
        hub.close();
    }

    @Test
    void aPickupConfirmedByOneDriverStaysVisibleToOthers() {
        place(ACME, "m1", "m2");
        var received = json("clientId", ACME, "event", "pickup", "messageId", "m1");
        var kari = connect("driverId=kari");
        assertThat(removed(kari, received)).isEqualTo(1);
        assertThat(removed(kari, received)).isZero();
        assertThat(offered(kari, json("event", "pickup"))).containsExactly("m2");
        assertThat(removed(connect(""), received)).as("a driver without a name").isEqualTo(1);
        assertThat(removed(connect("role=vendor&clientId=" + ACME), received)).isEqualTo(1);
        assertThat(offered(connect("driverId=ola"), json("event", "pickup"))).containsExactly("m1", "m2");
        assertThat(offered(connect(""), json("event", "pickup"))).containsExactly("m1", "m2");
        assertThat(kari.emitWithAck("in-transit", parcel("m1")).optBoolean("ok"))
                .isTrue();
        assertThat(offered(connect("driverId=kari"), json("event", "pickup")))
                .as("what is theirs is said again until it is delivered")
                .containsExactly("m1", "m2");
        assertThat(removed(connect("driverId=ola"), received))
                .as("another driver's")
                .isZero();
        assertThat(offered(connect("driverId=kari"), json("event", "pickup"))).containsExactly("m1", "m2");
    }

    @Test
    void aDriverThatNamesItselfOrNoStoreMeansAllStores() {
        place(ACME, "m1");
        place(FLOWERS, "m2");
        var driver = connect("driverId=kari");
        for (var said : List.of(
                json("clientId", "driver", "event", "pickup"),
                json("clientId", "kari", "event", "pickup"),
                json("clientId", "no-such-store", "event", "pickup"),
                json("queueId", "Driver"),
                json("event", "getAll"),
                json())) {
            assertThat(offered(driver, said)).as(said.toString()).containsExactly("m1", "m2");
        }
        assertThat(offered(driver, json("clientId", FLOWERS, "event", "pickup")))
                .containsExactly("m2");
        assertThat(offered(driver, json("clientId", FLOWERS))).containsExactly("m2");
        assertThat(removed(driver, json("messageId", "m1"))).isEqualTo(1);
        assertThat(removed(driver, json("clientId", "driver", "messageId", "m2")))
                .isEqualTo(1);
        assertThat(offered(driver, json())).isEmpty();
        assertThat(offered(connect(""), json("queueId", "driver"))).containsExactly("m1", "m2");
    }

    @Test
    void aStoreThatNamesNoEventMeansItsOwnQueues() {
        place(ACME, "m1", "m2");
        var driver = connect("driverId=kari");
        driver.emitWithAck("delivered", parcel("m1"));
        driver.emitWithAck("in-transit", parcel("m2"));
        var joined = connect("");
        joined.emitWithAck("join", ACME);
        for (var vendor : List.of(joined, connect("role=vendor&clientId=" + ACME))) {
            for (var said : List.of(json("clientId", ACME), json(), json("event", "everything"))) {
                assertThat(replayed(vendor, said)).containsExactly("in-transit m1", "in-transit m2", "delivered m1");
            }
            assertThat(replayed(vendor, json("event", "delivered"))).containsExactly("delivered m1");
        }
        assertThat(replayed(connect(""), json("queueId", ACME)))
                .as("before it has joined")
                .hasSize(3);
        assertThat(removed(joined, json("clientId", ACME, "messageId", "m1"))).isEqualTo(1);
        assertThat(removed(joined, json("messageId", "m1"))).isZero();
        assertThat(replayed(joined, json())).containsExactly("in-transit m2");
        var unclear = connect("role=vendor").emitWithAck("getAll", json("event", "delivered"));
        assertThat(unclear.optJSONObject("error").optString("field")).isEqualTo("clientId");
    }

    /// 40 MB of parcels, more than the outbox of a client holds.
    @Test
    void manyLargeParcelsReachADriverThatCatchesUpAndNoAnswerOverRestHoldsThemAll() throws JSONException {
        var photo = "p".repeat(900_000);
        var vendor = connect("role=vendor");
        for (var i = 0; i < 45; i++) {
            var order = json("store", ACME, "orderId", "m" + i, "photo", photo);
            assertThat(vendor.emitWithAck("pickup", order).optBoolean("ok")).isTrue();
        }
        var driver = connect("driverId=kari&profile=phase3");
        assertThat(driver.emitWithAck("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(45);
        assertThat(driver.receivedEvents())
                .extracting(said -> said.text("messageId"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 45).mapToObj(i -> "m" + i).toList());
        try (var http = HttpClient.newHttpClient()) {
            var uri = "http://127.0.0.1:" + hub.addresses().getFirst().getPort() + "/api/v1/queues/" + ACME
                    + "/pickup?limit=1000";
            var answer = http.sendAsync(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                    .join();
            var page = new JSONObject(answer.body());
            assertThat(page.getJSONArray("messages").length()).isEqualTo(5);
            assertThat(page.getString("next")).isNotBlank();
        }
    }

    @Test
    void aFailedJoinIsNotAcknowledged() {
        var socket = connect("");
        var joined = new ArrayList<String>();
        JSONObject answer;
        do {
            var store = "store-" + joined.size();
            answer = socket.emitWithAck("join", store);
            joined.add(store);
        } while (answer.optBoolean("ok"));
        assertThat(answer.optJSONObject("error").optString("code")).isEqualTo("too_large");
        var last = joined.get(joined.size() - 2);
        assertThat(joined.size()).isBetween(400, 501);
        connect("role=vendor").emitWithAck("pickup", json("store", last, "id", "o1"));
        assertThat(socket.nextEvent().event()).isEqualTo("pickup");
        connect("driverId=kari").emitWithAck("in-transit", json("store", last, "id", "o1"));
        assertThat(socket.nextEvent().event()).isEqualTo("in-transit");
    }

    private void place(String store, String... names) {
        var vendor = connect("role=vendor");
        var witness = connect("");
        for (var name : names) {
            vendor.emitWithAck("pickup", json("clientId", store, "messageId", name, "order", json()));
            assertThat(witness.nextEvent().text("messageId")).isEqualTo(name);
        }
        witness.close();
    }

    private static JSONObject parcel(String name) {
        return json("clientId", ACME, "messageId", name, "order", json());
    }

    private static int removed(CapsTestClient socket, JSONObject said) {
        return socket.emitWithAck("received", said).optInt("removed", -1);
    }

    private static List<String> offered(CapsTestClient driver, JSONObject said) {
        return replayed(driver, said).stream()
                .filter(told -> told.startsWith("pickup "))
                .map(told -> told.substring("pickup ".length()))
                .toList();
    }

    private static List<String> replayed(CapsTestClient socket, JSONObject said) {
        socket.receivedEvents();
        var answer = socket.emitWithAck("getAll", said);
        assertThat(answer.optBoolean("ok")).as(answer.toString()).isTrue();
        var told = socket.receivedEvents().stream()
                .map(QueueSelectionTest::replayed)
                .toList();
        assertThat(told).hasSize(answer.optInt("count"));
        return told;
    }

    private static String replayed(ReceivedEvent said) {
        return said.event() + " " + said.text("messageId");
    }

    private CapsTestClient connect(String query) {
        var socket = CapsTestClient.connect(hub.addresses().getFirst(), query);
        sockets.add(socket);
        return socket;
    }
}
