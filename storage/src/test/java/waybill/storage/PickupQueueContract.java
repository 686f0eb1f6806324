package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.OLA;
import static waybill.storage.OrderFixture.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.UnitOfWork;
import waybill.messaging.MessagePage;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.OrderCommand;

/// What the ports promise about pickups that wait for all drivers, and about names that several orders have.
interface PickupQueueContract extends StorePorts {

    Queue PICKUP_QUEUE = new Queue(ACME, Topic.PICKUP);

    @Test
    default void anAcknowledgedPickupIsHiddenFromThatDriverOnly() {
        orderFixture().place(ACME, "m1").join();
        assertThat(acknowledge(PICKUP_QUEUE, "m1", KARI)).isTrue();
        assertThat(acknowledge(PICKUP_QUEUE, "m1", KARI)).as("once").isFalse();
        assertThat(listPickups(KARI)).isEmpty();
        assertThat(listPickups(OLA)).containsExactly("m1");
        assertThat(messageQueues().listMessages(Topic.PICKUP, KARI.toString(), 0, Long.MAX_VALUE, 10))
                .isEmpty();
        assertThat(messageQueues().listDepths())
                .extracting(QueueDepth::messages)
                .containsExactly(1L);
    }

    @Test
    default void aClaimedPickupIsListedToItsDriverUntilDelivery() {
        orderFixture().place(ACME, "m1").join();
        acknowledge(PICKUP_QUEUE, "m1", KARI);
        acknowledge(PICKUP_QUEUE, "m1", OLA);
        orderFixture().collect(ACME, "m1", KARI).join();
        assertThat(listPickups(KARI)).containsExactly("m1");
        assertThat(acknowledge(PICKUP_QUEUE, "m1", KARI)).isTrue();
        orderFixture().handle(ACME, "m1", new OrderCommand.Assign(OLA), KARI).join();
        assertThat(listPickups(OLA)).as("given to another").containsExactly("m1");
        orderFixture().deliver(ACME, "m1", OLA).join();
        assertThat(listPickups(OLA)).isEmpty();
        assertThat(acknowledge(PICKUP_QUEUE, "m1", OLA)).isFalse();
    }

    @Test
    default void aParcelThatWasHandedBackIsOfferedOnceMore() {
        orderFixture().place(ACME, "m1").join();
        acknowledge(PICKUP_QUEUE, "m1", OLA);
        orderFixture().handle(ACME, "m1", new OrderCommand.Claim(KARI), KARI).join();
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.HandBack(KARI, "ill"), KARI)
                .join();
        assertThat(listPickups(OLA)).containsExactly("m1");
        assertThat(listPickups(Actor.driver("per"))).containsExactly("m1");
        orderFixture().collect(ACME, "m1", OLA).join();
        orderFixture().deliver(ACME, "m1", OLA).join();
        assertThat(listPickups(OLA)).isEmpty();
    }

    @Test
    default void aPickupOfAnotherDriverCannotBeAcknowledged() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        assertThat(acknowledge(PICKUP_QUEUE, "m1", OLA)).isFalse();
        assertThat(acknowledge(PICKUP_QUEUE, "m1", OrderFixture.storeActor(ACME)))
                .isFalse();
        assertThat(listPickups(KARI)).containsExactly("m1");
    }

    @Test
    default void acknowledgementsOverTheLimitAreNotStored() {
        orderFixture().place(ACME, "m1").join();
        for (var i = 0; i < UnitOfWork.PICKUP_ACKS_MAX; i++) {
            assertThat(acknowledge(PICKUP_QUEUE, "m1", Actor.driver("d" + i))).isTrue();
        }
        assertThat(acknowledge(PICKUP_QUEUE, "m1", KARI)).isFalse();
        assertThat(listPickups(KARI)).containsExactly("m1");
        assertThat(listPickups(Actor.driver("d999"))).isEmpty();
    }

    @Test
    default void aUniquePickupIsFoundWithoutItsStore() {
        orderFixture().place(ACME, "m1").join();
        var topics = List.of(Topic.PICKUP);
        var queues = orderFixture().queues();
        assertThat(queues.acknowledgeMessage(Optional.empty(), topics, "m1", KARI)
                        .join())
                .isTrue();
        assertThat(queues.acknowledgeMessage(Optional.of("kari"), topics, "m1", OLA)
                        .join())
                .as("a name that is no store's")
                .isTrue();
        orderFixture().place(FLOWERS, "m1").join();
        var ida = Actor.driver("ida");
        assertThat(queues.acknowledgeMessage(Optional.empty(), topics, "m1", ida)
                        .join())
                .isFalse();
        assertThat(queues.acknowledgeMessage(Optional.of(FLOWERS), topics, "m1", ida)
                        .join())
                .isTrue();
    }

    @Test
    default void aStoreAcknowledgesBothQueuesAtOnce() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().deliver(ACME, "m1", KARI).join();
        var topics = List.of(Topic.IN_TRANSIT, Topic.DELIVERED);
        var by = OrderFixture.storeActor(ACME);
        assertThat(orderFixture()
                        .queues()
                        .acknowledgeMessage(Optional.of(ACME), topics, "m1", by)
                        .join())
                .isTrue();
        assertThat(orderFixture()
                        .queues()
                        .acknowledgeMessage(Optional.of(ACME), topics, "m1", by)
                        .join())
                .isFalse();
        assertThat(messageQueues().listDepths()).isEmpty();
    }

    @Test
    default void aPageEndsWithTheMessageThatReachesTheLimit() {
        for (var i = 0; i < 5; i++) {
            orderFixture().place(ACME, "m" + i).join();
        }
        var letter = "{\"placed\":\"m0\"}".length();
        var limit = new MessagePage.PageLimit(10, 2 * letter);
        var all = new ArrayList<String>();
        var page = messageQueues().listMessages(Topic.PICKUP, "no-reader", 0, Long.MAX_VALUE, limit);
        while (page.hasMore()) {
            assertThat(page.messages()).hasSize(2);
            page.messages().forEach(one -> all.add(one.messageId()));
            page = messageQueues()
                    .listMessages(
                            Topic.PICKUP, "no-reader", page.messages().getLast().eventId(), Long.MAX_VALUE, limit);
        }
        page.messages().forEach(one -> all.add(one.messageId()));
        assertThat(all).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(messageQueues()
                        .listMessages(PICKUP_QUEUE, "no-reader", 0, Long.MAX_VALUE, new MessagePage.PageLimit(10, 1)))
                .as("at least one, however long")
                .satisfies(one -> assertThat(one.messages()).hasSize(1))
                .satisfies(one -> assertThat(one.hasMore()).isTrue());
        assertThat(messageQueues()
                        .listMessages(
                                PICKUP_QUEUE, "no-reader", 0, Long.MAX_VALUE, MessagePage.PageLimit.ofMessages(5)))
                .satisfies(one -> assertThat(one.hasMore()).isFalse());
    }

    @Test
    default void queueDepthsAreListedPerStore() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(FLOWERS, "m1").join();
        orderFixture().place(FLOWERS, "m2").join();
        orderFixture().deliver(FLOWERS, "m2", KARI).join();
        assertThat(messageQueues().listDepths(FLOWERS))
                .isEqualTo(messageQueues().listDepths().stream()
                        .filter(depth -> depth.queue().store().equals(FLOWERS))
                        .toList())
                .hasSize(3);
        assertThat(messageQueues().listDepths(ACME)).hasSize(1);
        assertThat(messageQueues().listDepths("unknown-store")).isEmpty();
        assertThat(messageQueues().storeExists(ACME)).isTrue();
        assertThat(messageQueues().storeExists("unknown-store")).isFalse();
    }

    @Test
    default void customerReferencesNeverCollide() {
        assertThat(orderFixture().placeForCustomer("bob", ACME, "pos-1").join())
                .isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().place(ACME, "pos-1").join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().place(ACME, "m2", "pos-2").join()).isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().placeForCustomer("bob", ACME, "pos-2").join())
                .isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().placeForCustomer("eve", ACME, "pos-1").join())
                .isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().placeForCustomer("bob", FLOWERS, "pos-1").join())
                .isInstanceOf(OrderResult.Committed.class);
        assertThat(orderFixture().placeForCustomer("bob", ACME, "pos-1").join())
                .as("the same again")
                .isInstanceOf(OrderResult.Duplicate.class);
        assertThat(orderFixture().place(ACME, "pos-1").join()).isInstanceOf(OrderResult.Duplicate.class);
        assertThat(reason(orderFixture().place(ACME, "m3", "pos-2").join())).isEqualTo(Reason.CONFLICT);
    }

    @Test
    default void aScannedCodePrefersTheDriversOwnParcel() {
        orderFixture().place(ACME, "code").join();
        orderFixture().placeForCustomer("bob", ACME, "code").join();
        orderFixture().placeForCustomer("bob", FLOWERS, "code").join();
        orderFixture().collect(ACME, "code", KARI).join();
        orderFixture().place(FLOWERS, "code").join();
        var scanned =
                OrderFixture.place(orderFixture().deliverByCode("code", KARI).join());
        assertThat(scanned.store()).isEqualTo(ACME);
        assertThat(scanned.messageId()).isEqualTo("code");
        var waiting =
                OrderFixture.place(orderFixture().deliverByCode("code", OLA).join());
        assertThat(waiting.store()).as("what waits for a driver").isEqualTo(FLOWERS);
        assertThat(waiting.messageId()).isEqualTo("code");
    }

    @Test
    default void aScannedCodePrefersActiveOrders() {
        orderFixture().place(ACME, "code").join();
        orderFixture().deliver(ACME, "code", KARI).join();
        assertThat(orderFixture().deliverByCode("code", KARI).join())
                .as("scanned twice")
                .isInstanceOf(OrderResult.Duplicate.class);
        orderFixture().place(FLOWERS, "code").join();
        assertThat(OrderFixture.place(orderFixture().deliverByCode("code", KARI).join())
                        .store())
                .isEqualTo(FLOWERS);
    }

    private boolean acknowledge(Queue queue, String messageId, Actor by) {
        return orderFixture().queues().acknowledgeMessage(queue, messageId, by).join();
    }

    private List<String> listPickups(Actor driver) {
        return messageQueues().listMessages(PICKUP_QUEUE, driver.toString(), 0, Long.MAX_VALUE, 100).stream()
                .map(QueuedMessage::messageId)
                .toList();
    }
}
