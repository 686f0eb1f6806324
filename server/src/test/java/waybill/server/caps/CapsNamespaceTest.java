package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.server.caps.CapsTestClient.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.caps.CapsTestClient.ReceivedEvent;

/// The `/caps` namespace, as the official Java client meets it.
class CapsNamespaceTest {

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
        start(CapsLimits.off());
    }

    private void start(CapsLimits limits) {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withCapsLimits(limits));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsTestClient::close);
        hub.close();
    }

    @Test
    void aParcelGoesFromStoreToDriverAndBack() {
        var vendor = vendor(ACME);
        var driver = connect("driverId=kari");
        var answer = vendor.emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        assertThat(answer.optBoolean("ok")).isTrue();
        assertThat(answer.optLong("eventId")).isEqualTo(1);

        var pickup = driver.nextEvent();
        assertThat(pickup.event()).isEqualTo("pickup");
        assertThat(pickup.text("event")).isEqualTo("pickup");
        assertThat(pickup.text("messageId")).isEqualTo("m1");
        assertThat(pickup.text("clientId")).isEqualTo(ACME);
        assertThat(pickup.order().optString("customer")).isEqualTo("Jane Doe");

        driver.emit("in-transit", wrapped("in-transit", ACME, "m1"));
        driver.emit("delivered", wrapped("delivered", ACME, "m1"));
        assertThat(vendor.nextEvent().text("event")).isEqualTo("in-transit");
        assertThat(vendor.nextEvent().text("event")).isEqualTo("delivered");
        assertThat(driver.receivedEvents())
                .as("its own in-transit, and not what goes to the store alone")
                .extracting(CapsNamespaceTest::summary)
                .containsExactly("in-transit m1");
    }

    @Test
    void onlyTheStoresRoomAndItsSubscribersReceiveADelivery() {
        var vendor = vendor(ACME);
        var other = vendor(FLOWERS);
        var dashboard = connect("role=vendor");
        dashboard.emitWithAck("subscribe", json("clientId", ACME, "event", "delivered"));
        vendor.emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        connect("").emitWithAck("delivered", wrapped("delivered", ACME, "m1"));
        assertThat(vendor.nextEvent().text("event")).isEqualTo("in-transit");
        assertThat(vendor.nextEvent().text("event")).isEqualTo("delivered");
        assertThat(dashboard.nextEvent().text("event")).isEqualTo("delivered");
        assertThat(other.receivedEvents()).extracting(ReceivedEvent::event).doesNotContain("delivered");
    }

    @Test
    void everySocketButTheSenderAndVendorsReceivesAPickup() {
        var sender = connect("");
        var open = connect("");
        var busyVendor = vendor(FLOWERS);
        busyVendor.emitWithAck("pickup", wrapped("pickup", FLOWERS, "m0"));
        var saysItIsAVendor = connect("role=vendor");
        assertThat(open.nextEvent().text("messageId")).isEqualTo("m0");
        sender.emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        assertThat(open.nextEvent().text("messageId")).isEqualTo("m1");
        assertThat(busyVendor.receivedEvents()).isEmpty();
        assertThat(saysItIsAVendor.receivedEvents()).isEmpty();
        assertThat(sender.receivedEvents())
                .extracting(said -> said.text("messageId"))
                .containsExactly("m0");
    }

    @Test
    void aDuplicateMessageIsAcknowledgedAndNotBroadcastAgain() {
        var vendor = vendor(ACME);
        var driver = connect("");
        for (var id : List.of("m1", "m2")) {
            assertThat(vendor.emitWithAck("pickup", wrapped("pickup", ACME, id)).has("duplicate"))
                    .isFalse();
            assertThat(vendor.emitWithAck("pickup", wrapped("pickup", ACME, id)).optBoolean("duplicate"))
                    .isTrue();
            assertThat(driver.emitWithAck("delivered", wrapped("delivered", ACME, id))
                            .has("duplicate"))
                    .isFalse();
            assertThat(driver.emitWithAck("delivered", wrapped("delivered", ACME, id))
                            .optBoolean("duplicate"))
                    .isTrue();
        }
        for (var id : List.of("m1", "m2")) {
            assertThat(summary(driver.nextEvent())).isEqualTo("pickup " + id);
            assertThat(summary(driver.nextEvent())).isEqualTo("in-transit " + id);
            assertThat(summary(vendor.nextEvent())).isEqualTo("in-transit " + id);
            assertThat(summary(vendor.nextEvent())).isEqualTo("delivered " + id);
        }
    }

    private static String summary(ReceivedEvent said) {
        return said.event() + " " + said.text("messageId");
    }

    @Test
    void theFirstDriverClaimsAndTheOtherGetsAConflict() {
        vendor(ACME).emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        var drivers = IntStream.range(0, 8).mapToObj(_ -> connect("")).toList();
        var answers = drivers.stream()
                .map(driver -> driver.emitAsync("in-transit", wrapped("in-transit", ACME, "m1")))
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers.stream().filter(answer -> answer.optBoolean("ok"))).hasSize(1);
        assertThat(answers.stream().map(CapsNamespaceTest::code)).containsOnly("", "conflict");
        var loser = drivers.get(IntStream.range(0, 8)
                .filter(i -> !answers.get(i).optBoolean("ok"))
                .findFirst()
                .orElseThrow());
        assertThat(code(loser.emitWithAck("delivered", wrapped("delivered", ACME, "m1"))))
                .isEqualTo("conflict");
    }

    @Test
    void aDriverWithANameGoesOnOverANewConnection() {
        vendor(ACME).emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        connect("driverId=kari").emitWithAck("in-transit", wrapped("in-transit", ACME, "m1"));
        assertThat(code(connect("driverId=ola").emitWithAck("delivered", wrapped("delivered", ACME, "m1"))))
                .isEqualTo("conflict");
        assertThat(connect("driverId=kari")
                        .emitWithAck("delivered", wrapped("delivered", ACME, "m1"))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aDriverWithoutANameGoesOnOnceItsOldConnectionIsGone() {
        var vendor = vendor(ACME);
        vendor.emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        var before = connect("");
        before.emitWithAck("in-transit", wrapped("in-transit", ACME, "m1"));
        var after = connect("");
        assertThat(code(after.emitWithAck("delivered", wrapped("delivered", ACME, "m1"))))
                .isEqualTo("conflict");
        before.close();
        var answer = after.emitWithAck("delivered", wrapped("delivered", ACME, "m1"));
        while (!answer.optBoolean("ok")) { // until the hub has seen the old one go
            answer = after.emitWithAck("delivered", wrapped("delivered", ACME, "m1"));
        }
        assertThat(vendor.nextEvent().text("event")).isEqualTo("in-transit");
        assertThat(vendor.nextEvent().text("event")).isEqualTo("delivered");
    }

    @Test
    void aScanDeliversTheParcel() {
        var vendor = vendor(ACME);
        vendor.emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        var driver = connect("");
        driver.emitWithAck("in-transit", wrapped("in-transit", ACME, "m1"));
        assertThat(driver.emitWithAck("scan", json("code", "order-m1")).optBoolean("ok"))
                .isTrue();
        assertThat(vendor.nextEvent().text("event")).isEqualTo("in-transit");
        var delivered = vendor.nextEvent();
        assertThat(delivered.event()).isEqualTo("delivered");
        assertThat(delivered.order().optString("customer")).isEqualTo("Jane Doe");
        assertThat(code(driver.emitWithAck("scan", json("code", "never-seen")))).isEqualTo("not_found");
    }

    @Test
    void flatPayloadsAreParsedAndSentUnchangedToPhase2() {
        var vendor = connect("profile=phase2");
        vendor.emitWithAck("join", FLOWERS);
        var flatDriver = connect("profile=phase2");
        var wrappedDriver = connect("");
        var order = json("store", FLOWERS, "orderId", 17, "customer", "Jane Doe", "address", "12 Lake Road");
        vendor.emitWithAck("pickup", order);
        assertThat(flatDriver.nextEvent().payload().toString()).isEqualTo(order.toString());
        var wrapped = wrappedDriver.nextEvent();
        assertThat(wrapped.text("messageId")).isEqualTo("17");
        assertThat(wrapped.order().toString()).isEqualTo(order.toString());
        flatDriver.emitWithAck("delivered", order);
        assertThat(vendor.nextEvent().payload().toString()).isEqualTo(order.toString());
    }

    @Test
    void aVendorThatWasAwayForAThousandDeliveriesCatchesUpInOrder() {
        var sender = vendor(ACME);
        var driver = connect("driverId=kari");
        IntStream.range(0, 1_000)
                .mapToObj(i -> sender.emitAsync("pickup", wrapped("pickup", ACME, "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        sender.close();
        var watcher = connect("role=vendor");
        watcher.emitWithAck("subscribe", json("clientId", ACME, "event", "delivered"));
        IntStream.range(0, 1_000)
                .mapToObj(i -> driver.emitAsync("delivered", wrapped("delivered", ACME, "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        IntStream.range(0, 1_000).forEach(_ -> watcher.nextEvent()); // so that nothing is left to be told

        var vendor = vendor(ACME);
        var delivered = json("clientId", ACME, "event", "delivered");
        assertThat(vendor.emitWithAck("getAll", delivered).optInt("count")).isEqualTo(1_000);
        var caughtUp = vendor.receivedEvents();
        assertThat(caughtUp)
                .extracting(said -> said.text("messageId"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toList());
        assertThat(caughtUp)
                .extracting(said -> said.payload().optLong("eventId"))
                .isSorted();

        for (var said : caughtUp.subList(0, 990)) {
            vendor.emit("received", json("clientId", ACME, "event", "delivered", "messageId", said.text("messageId")));
        }
        vendor.receivedEvents();
        assertThat(vendor.emitWithAck("getAll", delivered).optInt("count")).isEqualTo(10);
        assertThat(vendor.receivedEvents())
                .extracting(said -> said.text("messageId"))
                .startsWith("m990")
                .hasSize(10);
    }

    @Test
    void aDriverFetchesThePickupsOfAllStoresOldestFirst() {
        for (var i = 0; i < 6; i++) {
            connect("").emitWithAck("pickup", wrapped("pickup", i % 2 == 0 ? ACME : FLOWERS, "m" + i));
        }
        var driver = connect("");
        assertThat(driver.emitWithAck("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(6);
        assertThat(driver.receivedEvents())
                .extracting(said -> said.text("messageId"))
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
        assertThat(driver.emitWithAck("getAll", json("clientId", FLOWERS, "event", "pickup"))
                        .optInt("count"))
                .isEqualTo(3);
        var received = json("clientId", FLOWERS, "event", "pickup", "messageId", "m1");
        assertThat(driver.emitWithAck("received", received).optInt("removed", -1))
                .isEqualTo(1);
        assertThat(driver.emitWithAck("received", received).optInt("removed", -1))
                .isZero();
        assertThat(driver.emitWithAck("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(5);
    }

    @Test
    void everyMessageSurvivesARestart() {
        vendor(ACME).emitWithAck("pickup", wrapped("pickup", ACME, "m1"));
        connect("").emitWithAck("in-transit", wrapped("in-transit", ACME, "m1"));
        hub.close();
        start();
        var driver = connect("");
        assertThat(driver.emitWithAck("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(1);
        assertThat(driver.emitWithAck("delivered", wrapped("delivered", ACME, "m1"))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(vendor(ACME)
                        .emitWithAck("getAll", json("clientId", ACME, "event", "delivered"))
                        .optInt("count"))
                .isEqualTo(1);
    }

    @Test
    void aHubThatClosesPersistsAcknowledgedEventsAndNotifiesItsClients() throws InterruptedException {
        var vendor = vendor(ACME);
        var acknowledged = new ConcurrentSkipListSet<Integer>();
        var enough = new CountDownLatch(200);
        for (var i = 0; i < 5_000; i++) {
            var number = i;
            vendor.emitAsync("pickup", wrapped("pickup", ACME, "m" + i)).thenAccept(answer -> {
                if (answer.optBoolean("ok")) {
                    acknowledged.add(number);
                    enough.countDown();
                }
            });
        }
        enough.await();
        hub.close();
        vendor.awaitDisconnect();
        start();
        var driver = connect("");
        driver.emitWithAck("getAll", json("event", "pickup"));
        var kept = driver.receivedEvents().stream()
                .map(said -> said.text("messageId"))
                .toList();
        assertThat(kept)
                .containsAll(acknowledged.stream().map(number -> "m" + number).toList());
    }

    @Test
    void malformedPayloadsAreRejectedWithTheExpectedFormat() {
        var socket = connect("");
        var answer = socket.emitWithAck("pickup", json("messageId", "m1"));
        assertThat(answer.optBoolean("ok", true)).isFalse();
        assertThat(code(answer)).isEqualTo("invalid");
        assertThat(answer.optJSONObject("error").optString("field")).isEqualTo("clientId");
        socket.emit("in-transit", json("clientId", ACME, "messageId", "nobody placed it"));
        var error = socket.nextEvent();
        assertThat(error.event()).isEqualTo("error");
        assertThat(error.text("code")).isEqualTo("not_found");
        assertThat(error.text("event")).isEqualTo("in-transit");
    }

    @Test
    void anUnknownProfileIsRejectedAtTheHandshake() {
        assertThatThrownBy(() -> connect("profile=phase9"))
                .hasMessageContaining("profile: phase9 (expected: one of phase2, phase3, merged)");
    }

    @Test
    void aRateLimitedClientGetsRetryAfter() {
        hub.close();
        start(new CapsLimits(3, 2, 1, 1, CapsLimits.defaults().pageReadWithin()));
        var socket = connect("");
        assertThat(socket.emitWithAck("join", ACME).optBoolean("ok")).isTrue();
        assertThat(code(socket.emitWithAck("join", FLOWERS))).isEqualTo("too_large");
        assertThat(socket.emitWithAck("join", ACME).optBoolean("ok")).isTrue();
        var tooOften = socket.emitWithAck("join", ACME);
        assertThat(code(tooOften)).isEqualTo("rate_limited");
        assertThat(tooOften.optJSONObject("error").optLong("retryAfterMs")).isPositive();
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> socket.emitAsync("pickup", wrapped("pickup", ACME, "m" + i)))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(CapsNamespaceTest::code))
                .contains("", "rate_limited");
        var receipts = IntStream.range(0, 20)
                .mapToObj(_ ->
                        socket.emitAsync("received", json("clientId", ACME, "event", "delivered", "messageId", "m")))
                .toList();
        assertThat(receipts.stream().map(CompletableFuture::join).map(CapsNamespaceTest::code))
                .contains("", "rate_limited");
    }

    private CapsTestClient vendor(String store) {
        var vendor = connect("");
        assertThat(vendor.emitWithAck("join", json("clientId", store)).optBoolean("ok"))
                .isTrue();
        return vendor;
    }

    private CapsTestClient connect(String query) {
        var socket = CapsTestClient.connect(hub.addresses().getFirst(), query);
        sockets.add(socket);
        return socket;
    }

    private static String code(JSONObject answer) {
        var error = answer.optJSONObject("error");
        return error == null ? "" : error.optString("code");
    }

    private static JSONObject wrapped(String event, String store, String messageId) {
        var order = json("orderId", "order-" + messageId, "customer", "Jane Doe", "address", "12 Lake Road");
        return json("event", event, "messageId", messageId, "clientId", store, "order", order);
    }
}
