package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.KARI;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.OLA;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.order.OrderCommand;

/// What [waybill.messaging.MessageQueues] lists, and what the unit of work deletes from queues.
interface MessageQueueContract extends StorePorts {

    @Test
    default void aMessageIsDeletedOnce() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().deliver(ACME, "m1", KARI).join();
        var queue = new Queue(ACME, Topic.DELIVERED);
        assertThat(orderFixture().queues().acknowledgeMessage(queue, "m1", KARI).join())
                .isTrue();
        assertThat(orderFixture().queues().acknowledgeMessage(queue, "m1", KARI).join())
                .isFalse();
        assertThat(listMessages(queue)).isEmpty();
        assertThat(listMessages(new Queue(ACME, Topic.IN_TRANSIT)))
                .as("another queue")
                .containsExactly("m1");
    }

    @Test
    default void anUnknownMessageCannotBeDeleted() {
        orderFixture().place(ACME, "m1").join();
        assertThat(orderFixture()
                        .queues()
                        .acknowledgeMessage(new Queue(ACME, Topic.DELIVERED), "m1", KARI)
                        .join())
                .isFalse();
        assertThat(orderFixture()
                        .queues()
                        .acknowledgeMessage(new Queue(ACME, Topic.PICKUP), "m2", KARI)
                        .join())
                .isFalse();
        assertThat(orderFixture()
                        .queues()
                        .acknowledgeMessage(new Queue("unknown-store", Topic.DELIVERED), "m1", KARI)
                        .join())
                .isFalse();
    }

    @Test
    default void aPickupClaimedByANamedDriverIsListedToThatDriverOnly() {
        var queue = new Queue(ACME, Topic.PICKUP);
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(ACME, "m2").join();
        orderFixture().collect(ACME, "m1", KARI).join();
        assertThat(listMessages(queue)).containsExactly("m2");
        assertThat(listMessagesFor(OLA.toString(), queue)).containsExactly("m2");
        assertThat(listMessagesFor(KARI.toString(), queue)).containsExactly("m1", "m2");
        assertThat(messageQueues().listMessages(Topic.PICKUP, OLA.toString(), 0, Long.MAX_VALUE, 10))
                .extracting(QueuedMessage::messageId)
                .containsExactly("m2");
        assertThat(messageQueues().listMessages(Topic.PICKUP, KARI.toString(), 0, Long.MAX_VALUE, 10))
                .extracting(message -> message.claimedBy().orElse("none"))
                .containsExactly("driver:kari", "none");
        assertThat(messageQueues().listDepths())
                .contains(new QueueDepth(queue, 1, NOON.plusMillis(5)))
                .hasSize(2);
        orderFixture().handle(ACME, "m1", new OrderCommand.Assign(OLA), KARI).join();
        assertThat(listMessagesFor(KARI.toString(), queue)).containsExactly("m2");
        assertThat(listMessagesFor(OLA.toString(), queue))
                .as("given to another")
                .containsExactly("m1", "m2");
    }

    @Test
    default void aPickupClaimedAnonymouslyIsListedToAllDrivers() {
        orderFixture().place(ACME, "m1").join();
        var unnamed = new Actor(Actor.Kind.SOCKET, "s1");
        orderFixture().collect(ACME, "m1", unnamed).join();
        assertThat(messageQueues().listMessages(Topic.PICKUP, OLA.toString(), 0, Long.MAX_VALUE, 10))
                .extracting(message -> message.claimedBy().orElse("none"))
                .containsExactly("socket:s1");
        assertThat(messageQueues().listDepths())
                .contains(new QueueDepth(new Queue(ACME, Topic.PICKUP), 1, NOON.plusMillis(5)));
    }

    @Test
    default void aPickupIsDeletedWhenTheOrderEnds() {
        var queue = new Queue(ACME, Topic.PICKUP);
        for (var name : List.of("delivered", "cancelled", "failed", "waits")) {
            orderFixture().place(ACME, name).join();
        }
        orderFixture().deliver(ACME, "delivered", KARI).join();
        orderFixture()
                .handle(ACME, "cancelled", new OrderCommand.Cancel("no longer wanted"), KARI)
                .join();
        orderFixture().collect(ACME, "failed", KARI).join();
        assertThat(listMessagesFor(KARI.toString(), queue)).containsExactly("failed", "waits");
        orderFixture()
                .handle(ACME, "failed", new OrderCommand.Fail("no answer at the door"), KARI)
                .join();
        assertThat(listMessagesFor(KARI.toString(), queue)).containsExactly("waits");
        assertThat(orderFixture()
                        .queues()
                        .acknowledgeMessage(queue, "delivered", KARI)
                        .join())
                .as("gone for good")
                .isFalse();
    }

    @Test
    default void messagesAreReadInPagesOldestFirst() {
        IntStream.range(0, 25)
                .forEach(i -> orderFixture()
                        .place(i % 2 == 0 ? ACME : FLOWERS, "m" + i)
                        .join());
        var all = new ArrayList<QueuedMessage>();
        for (var page = messageQueues().listMessages(Topic.PICKUP, NO_READER, 0, 20, 7);
                !page.isEmpty();
                page = messageQueues()
                        .listMessages(Topic.PICKUP, NO_READER, all.getLast().eventId(), 20, 7)) {
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            all.addAll(page);
        }
        assertThat(all)
                .extracting(QueuedMessage::eventId)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(messageQueues().listMessages(new Queue(FLOWERS, Topic.PICKUP), NO_READER, 4, 20, 3))
                .extracting(QueuedMessage::messageId)
                .containsExactly("m5", "m7", "m9");
    }

    @Test
    default void depthsShowEveryQueueThatIsNotEmpty() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(ACME, "m2").join();
        orderFixture().deliver(ACME, "m2", KARI).join();
        assertThat(messageQueues().listDepths())
                .containsExactly(
                        new QueueDepth(new Queue(ACME, Topic.PICKUP), 1, NOON.plusMillis(5)),
                        new QueueDepth(new Queue(ACME, Topic.IN_TRANSIT), 1, NOON),
                        new QueueDepth(new Queue(ACME, Topic.DELIVERED), 1, NOON));
    }
}
