package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.server.caps.CapsTestClient.json;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What waits for a client of `/caps` in its queues, and what is rejected.
class CapsQueuesTest extends CapsScenario {

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
        IntStream.range(0, 1_000).forEach(_ -> watcher.nextEvent()); // so that no event is left to be sent

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
        socket.emit("in-transit", json("clientId", ACME, "messageId", "never placed"));
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
}
