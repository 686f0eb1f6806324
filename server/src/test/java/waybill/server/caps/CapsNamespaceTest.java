package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.server.caps.CapsTestClient.ReceivedEvent;

/// The `/caps` namespace, as the official Java client meets it.
class CapsNamespaceTest extends CapsScenario {

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
}
