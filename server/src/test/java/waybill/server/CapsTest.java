package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.server.CapsSocket.json;

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
import waybill.server.CapsSocket.Said;
import waybill.server.realtime.CapsLimits;

/// The `/caps` namespace, as the official Java client meets it.
class CapsTest {

    private static final String ACME = "acme-widgets";
    private static final String FLOWERS = "1-800-flowers";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    private final List<CapsSocket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        start(CapsLimits.off());
    }

    private void start(CapsLimits limits) {
        hub = Hub.start(Config.defaults(data).withPorts(List.of(0)).withLimits(limits));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsSocket::close);
        hub.close();
    }

    @Test
    void aParcelGoesFromStoreToDriverAndBack() {
        var vendor = vendor(ACME);
        var driver = connect("driverId=kari");
        var answer = vendor.ask("pickup", wrapped("pickup", ACME, "m1"));
        assertThat(answer.optBoolean("ok")).isTrue();
        assertThat(answer.optLong("eventId")).isEqualTo(1);

        var pickup = driver.next();
        assertThat(pickup.event()).isEqualTo("pickup");
        assertThat(pickup.text("event")).isEqualTo("pickup");
        assertThat(pickup.text("messageId")).isEqualTo("m1");
        assertThat(pickup.text("clientId")).isEqualTo(ACME);
        assertThat(pickup.order().optString("customer")).isEqualTo("Jane Doe");

        driver.say("in-transit", wrapped("in-transit", ACME, "m1"));
        driver.say("delivered", wrapped("delivered", ACME, "m1"));
        assertThat(vendor.next().text("event")).isEqualTo("in-transit");
        assertThat(vendor.next().text("event")).isEqualTo("delivered");
        assertThat(driver.heardSoFar())
                .as("its own in-transit, and not what goes to the store alone")
                .extracting(CapsTest::told)
                .containsExactly("in-transit m1");
    }

    @Test
    void onlyTheStoresRoomAndItsSubscribersHearOfADelivery() {
        var vendor = vendor(ACME);
        var other = vendor(FLOWERS);
        var dashboard = connect("role=vendor");
        dashboard.ask("subscribe", json("clientId", ACME, "event", "delivered"));
        vendor.ask("pickup", wrapped("pickup", ACME, "m1"));
        connect("").ask("delivered", wrapped("delivered", ACME, "m1"));
        assertThat(vendor.next().text("event")).isEqualTo("in-transit");
        assertThat(vendor.next().text("event")).isEqualTo("delivered");
        assertThat(dashboard.next().text("event")).isEqualTo("delivered");
        assertThat(other.heardSoFar()).extracting(Said::event).doesNotContain("delivered");
    }

    @Test
    void everybodyButTheSenderHearsAPickupUnlessTheyAreAVendor() {
        var sender = connect("");
        var open = connect("");
        var busyVendor = vendor(FLOWERS);
        busyVendor.ask("pickup", wrapped("pickup", FLOWERS, "m0"));
        var saysItIsAVendor = connect("role=vendor");
        assertThat(open.next().text("messageId")).isEqualTo("m0");
        sender.ask("pickup", wrapped("pickup", ACME, "m1"));
        assertThat(open.next().text("messageId")).isEqualTo("m1");
        assertThat(busyVendor.heardSoFar()).isEmpty();
        assertThat(saysItIsAVendor.heardSoFar()).isEmpty();
        assertThat(sender.heardSoFar())
                .extracting(said -> said.text("messageId"))
                .containsExactly("m0");
    }

    @Test
    void theSameMessageAgainIsAcknowledgedAndNotToldAgain() {
        var vendor = vendor(ACME);
        var driver = connect("");
        for (var id : List.of("m1", "m2")) {
            assertThat(vendor.ask("pickup", wrapped("pickup", ACME, id)).has("duplicate"))
                    .isFalse();
            assertThat(vendor.ask("pickup", wrapped("pickup", ACME, id)).optBoolean("duplicate"))
                    .isTrue();
            assertThat(driver.ask("delivered", wrapped("delivered", ACME, id)).has("duplicate"))
                    .isFalse();
            assertThat(driver.ask("delivered", wrapped("delivered", ACME, id)).optBoolean("duplicate"))
                    .isTrue();
        }
        for (var id : List.of("m1", "m2")) {
            assertThat(told(driver.next())).isEqualTo("pickup " + id);
            assertThat(told(driver.next())).isEqualTo("in-transit " + id);
            assertThat(told(vendor.next())).isEqualTo("in-transit " + id);
            assertThat(told(vendor.next())).isEqualTo("delivered " + id);
        }
    }

    private static String told(Said said) {
        return said.event() + " " + said.text("messageId");
    }

    @Test
    void theFirstDriverWinsAndTheOtherIsTold() {
        vendor(ACME).ask("pickup", wrapped("pickup", ACME, "m1"));
        var drivers = IntStream.range(0, 8).mapToObj(_ -> connect("")).toList();
        var answers = drivers.stream()
                .map(driver -> driver.asking("in-transit", wrapped("in-transit", ACME, "m1")))
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers.stream().filter(answer -> answer.optBoolean("ok"))).hasSize(1);
        assertThat(answers.stream().map(CapsTest::code)).containsOnly("", "conflict");
        var loser = drivers.get(IntStream.range(0, 8)
                .filter(i -> !answers.get(i).optBoolean("ok"))
                .findFirst()
                .orElseThrow());
        assertThat(code(loser.ask("delivered", wrapped("delivered", ACME, "m1"))))
                .isEqualTo("conflict");
    }

    @Test
    void aDriverWithANameGoesOnOverANewConnection() {
        vendor(ACME).ask("pickup", wrapped("pickup", ACME, "m1"));
        connect("driverId=kari").ask("in-transit", wrapped("in-transit", ACME, "m1"));
        assertThat(code(connect("driverId=ola").ask("delivered", wrapped("delivered", ACME, "m1"))))
                .isEqualTo("conflict");
        assertThat(connect("driverId=kari")
                        .ask("delivered", wrapped("delivered", ACME, "m1"))
                        .optBoolean("ok"))
                .isTrue();
    }

    @Test
    void aDriverWithoutANameGoesOnOnceItsOldConnectionIsGone() {
        var vendor = vendor(ACME);
        vendor.ask("pickup", wrapped("pickup", ACME, "m1"));
        var before = connect("");
        before.ask("in-transit", wrapped("in-transit", ACME, "m1"));
        var after = connect("");
        assertThat(code(after.ask("delivered", wrapped("delivered", ACME, "m1"))))
                .isEqualTo("conflict");
        before.close();
        var answer = after.ask("delivered", wrapped("delivered", ACME, "m1"));
        while (!answer.optBoolean("ok")) { // until the hub has seen the old one go
            answer = after.ask("delivered", wrapped("delivered", ACME, "m1"));
        }
        assertThat(vendor.next().text("event")).isEqualTo("in-transit");
        assertThat(vendor.next().text("event")).isEqualTo("delivered");
    }

    @Test
    void aScanAtTheDoorIsADelivery() {
        var vendor = vendor(ACME);
        vendor.ask("pickup", wrapped("pickup", ACME, "m1"));
        var driver = connect("");
        driver.ask("in-transit", wrapped("in-transit", ACME, "m1"));
        assertThat(driver.ask("scan", json("code", "order-m1")).optBoolean("ok"))
                .isTrue();
        assertThat(vendor.next().text("event")).isEqualTo("in-transit");
        var delivered = vendor.next();
        assertThat(delivered.event()).isEqualTo("delivered");
        assertThat(delivered.order().optString("customer")).isEqualTo("Jane Doe");
        assertThat(code(driver.ask("scan", json("code", "never-seen")))).isEqualTo("not_found");
    }

    @Test
    void flatPayloadsAreUnderstoodAndPhase2HearsThemAsTheyCame() {
        var vendor = connect("profile=phase2");
        vendor.ask("join", FLOWERS);
        var flatDriver = connect("profile=phase2");
        var wrappedDriver = connect("");
        var order = json("store", FLOWERS, "orderId", 17, "customer", "Jane Doe", "address", "12 Lake Road");
        vendor.ask("pickup", order);
        assertThat(flatDriver.next().payload().toString()).isEqualTo(order.toString());
        var wrapped = wrappedDriver.next();
        assertThat(wrapped.text("messageId")).isEqualTo("17");
        assertThat(wrapped.order().toString()).isEqualTo(order.toString());
        flatDriver.ask("delivered", order);
        assertThat(vendor.next().payload().toString()).isEqualTo(order.toString());
    }

    @Test
    void aVendorThatWasAwayForAThousandDeliveriesCatchesUpInOrder() {
        var sender = vendor(ACME);
        var driver = connect("driverId=kari");
        IntStream.range(0, 1_000)
                .mapToObj(i -> sender.asking("pickup", wrapped("pickup", ACME, "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        sender.close();
        var watcher = connect("role=vendor");
        watcher.ask("subscribe", json("clientId", ACME, "event", "delivered"));
        IntStream.range(0, 1_000)
                .mapToObj(i -> driver.asking("delivered", wrapped("delivered", ACME, "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        IntStream.range(0, 1_000).forEach(_ -> watcher.next()); // so that nothing is left to be told

        var vendor = vendor(ACME);
        var delivered = json("clientId", ACME, "event", "delivered");
        assertThat(vendor.ask("getAll", delivered).optInt("count")).isEqualTo(1_000);
        var caughtUp = vendor.heardSoFar();
        assertThat(caughtUp)
                .extracting(said -> said.text("messageId"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toList());
        assertThat(caughtUp)
                .extracting(said -> said.payload().optLong("eventId"))
                .isSorted();

        for (var said : caughtUp.subList(0, 990)) {
            vendor.say("received", json("clientId", ACME, "event", "delivered", "messageId", said.text("messageId")));
        }
        vendor.heardSoFar();
        assertThat(vendor.ask("getAll", delivered).optInt("count")).isEqualTo(10);
        assertThat(vendor.heardSoFar())
                .extracting(said -> said.text("messageId"))
                .startsWith("m990")
                .hasSize(10);
    }

    @Test
    void aDriverFetchesThePickupsOfAllStoresOldestFirst() {
        for (var i = 0; i < 6; i++) {
            connect("").ask("pickup", wrapped("pickup", i % 2 == 0 ? ACME : FLOWERS, "m" + i));
        }
        var driver = connect("");
        assertThat(driver.ask("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(6);
        assertThat(driver.heardSoFar())
                .extracting(said -> said.text("messageId"))
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
        assertThat(driver.ask("getAll", json("clientId", FLOWERS, "event", "pickup"))
                        .optInt("count"))
                .isEqualTo(3);
        var received = json("clientId", FLOWERS, "event", "pickup", "messageId", "m1");
        assertThat(driver.ask("received", received).optInt("removed", -1)).isEqualTo(1);
        assertThat(driver.ask("received", received).optInt("removed", -1)).isZero();
        assertThat(driver.ask("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(5);
    }

    @Test
    void aRestartForgetsNothing() {
        vendor(ACME).ask("pickup", wrapped("pickup", ACME, "m1"));
        connect("").ask("in-transit", wrapped("in-transit", ACME, "m1"));
        hub.close();
        start();
        var driver = connect("");
        assertThat(driver.ask("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(1);
        assertThat(driver.ask("delivered", wrapped("delivered", ACME, "m1")).optBoolean("ok"))
                .isTrue();
        assertThat(vendor(ACME)
                        .ask("getAll", json("clientId", ACME, "event", "delivered"))
                        .optInt("count"))
                .isEqualTo(1);
    }

    @Test
    void aHubThatClosesKeepsWhatItAcknowledgedAndTellsItsClients() throws InterruptedException {
        var vendor = vendor(ACME);
        var acknowledged = new ConcurrentSkipListSet<Integer>();
        var enough = new CountDownLatch(200);
        for (var i = 0; i < 5_000; i++) {
            var number = i;
            vendor.asking("pickup", wrapped("pickup", ACME, "m" + i)).thenAccept(answer -> {
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
        driver.ask("getAll", json("event", "pickup"));
        var kept =
                driver.heardSoFar().stream().map(said -> said.text("messageId")).toList();
        assertThat(kept)
                .containsAll(acknowledged.stream().map(number -> "m" + number).toList());
    }

    @Test
    void nonsenseIsRefusedWithWhatWasExpected() {
        var socket = connect("");
        var answer = socket.ask("pickup", json("messageId", "m1"));
        assertThat(answer.optBoolean("ok", true)).isFalse();
        assertThat(code(answer)).isEqualTo("invalid");
        assertThat(answer.optJSONObject("error").optString("field")).isEqualTo("clientId");
        socket.say("in-transit", json("clientId", ACME, "messageId", "nobody placed it"));
        var error = socket.next();
        assertThat(error.event()).isEqualTo("error");
        assertThat(error.text("code")).isEqualTo("not_found");
        assertThat(error.text("event")).isEqualTo("in-transit");
    }

    @Test
    void anUnknownProfileIsRefusedAtTheDoor() {
        assertThatThrownBy(() -> connect("profile=phase9"))
                .hasMessageContaining("profile: phase9 (expected: one of phase2, phase3, merged)");
    }

    @Test
    void whoAsksTooMuchIsToldWhenToAskAgain() {
        hub.close();
        start(new CapsLimits(3, 2, 1, 1));
        var socket = connect("");
        assertThat(socket.ask("join", ACME).optBoolean("ok")).isTrue();
        assertThat(code(socket.ask("join", FLOWERS))).isEqualTo("too_large");
        assertThat(socket.ask("join", ACME).optBoolean("ok")).isTrue();
        var tooOften = socket.ask("join", ACME);
        assertThat(code(tooOften)).isEqualTo("rate_limited");
        assertThat(tooOften.optJSONObject("error").optLong("retryAfterMs")).isPositive();
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> socket.asking("pickup", wrapped("pickup", ACME, "m" + i)))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(CapsTest::code))
                .contains("", "rate_limited");
        var receipts = IntStream.range(0, 20)
                .mapToObj(
                        _ -> socket.asking("received", json("clientId", ACME, "event", "delivered", "messageId", "m")))
                .toList();
        assertThat(receipts.stream().map(CompletableFuture::join).map(CapsTest::code))
                .contains("", "rate_limited");
    }

    private CapsSocket vendor(String store) {
        var vendor = connect("");
        assertThat(vendor.ask("join", json("clientId", store)).optBoolean("ok")).isTrue();
        return vendor;
    }

    private CapsSocket connect(String query) {
        var socket = CapsSocket.connect(hub.addresses().getFirst(), query);
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
