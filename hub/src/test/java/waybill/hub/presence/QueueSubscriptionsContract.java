package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.messaging.Queue;
import waybill.messaging.QueueSubscriptions;
import waybill.messaging.Topic;

/// What every implementation of [QueueSubscriptions] does, as two nodes see it.
public interface QueueSubscriptionsContract {

    Queue ACME = new Queue("acme-widgets", Topic.DELIVERED);
    Queue FLOWERS = new Queue("1-800-flowers", Topic.DELIVERED);

    /// The port of a node, on which a subscriber may have two queues.
    QueueSubscriptions here();

    /// The same of another node.
    QueueSubscriptions there();

    /// What one node has done is known to the other.
    void settle();

    @Test
    default void subscribersAreListedInOrderOfSubscription() {
        assertThat(here().add(ACME, "b")).isTrue();
        assertThat(here().add(ACME, "a")).isTrue();
        assertThat(here().add(ACME, "b")).as("again").isTrue();
        assertThat(here().subscribersOf(ACME)).containsExactly("b", "a");
        assertThat(here().subscribersOf(FLOWERS)).isEmpty();
    }

    @Test
    default void subscribersAreListedOnEveryNode() {
        here().add(ACME, "here");
        there().add(ACME, "there");
        there().add(FLOWERS, "there");
        settle();
        for (var node : new QueueSubscriptions[] {here(), there()}) {
            assertThat(node.subscribersOf(ACME)).containsExactlyInAnyOrder("here", "there");
            assertThat(node.subscribersOf(FLOWERS)).containsExactly("there");
            assertThat(node.subscribedQueues()).containsExactlyInAnyOrder(ACME, FLOWERS);
        }
        there().removeAll("there");
        settle();
        assertThat(here().subscribersOf(ACME)).containsExactly("here");
        assertThat(here().subscribedQueues()).containsExactly(ACME);
        here().remove(ACME, "here");
        settle();
        assertThat(there().subscribedQueues()).isEmpty();
    }

    @Test
    default void aSubscriberHasALimitedNumberOfQueues() {
        here().add(ACME, "a");
        here().add(FLOWERS, "a");
        assertThat(here().add(new Queue("third", Topic.PICKUP), "a")).isFalse();
        assertThat(here().add(ACME, "a")).as("one it has already").isTrue();
        here().remove(ACME, "a");
        assertThat(here().add(new Queue("third", Topic.PICKUP), "a")).isTrue();
        settle();
        assertThat(there().subscribedQueues()).containsExactlyInAnyOrder(FLOWERS, new Queue("third", Topic.PICKUP));
    }

    @Test
    default void aRemovedSubscriberHasNoSubscriptions() {
        here().add(ACME, "a");
        here().add(FLOWERS, "a");
        here().add(FLOWERS, "b");
        assertThat(here().removeAll("a")).containsExactlyInAnyOrder(ACME, FLOWERS);
        assertThat(here().removeAll("a")).isEmpty();
        assertThat(here().subscribersOf(ACME)).isEmpty();
        assertThat(here().subscribedQueues()).containsExactly(FLOWERS);
        assertThat(here().remove(FLOWERS, "a")).isFalse();
        assertThat(here().remove(FLOWERS, "b")).isTrue();
        assertThat(here().subscribedQueues()).isEmpty();
        settle();
        assertThat(there().subscribedQueues()).isEmpty();
    }

    /// An id is any text.
    @Test
    default void namesMayHaveAnyCharacters() {
        var queue = new Queue("a\nb", Topic.PICKUP);
        here().add(queue, "socket");
        settle();
        assertThat(there().subscribersOf(queue)).containsExactly("socket");
        assertThat(there().subscribedQueues()).containsExactly(queue);
    }
}
