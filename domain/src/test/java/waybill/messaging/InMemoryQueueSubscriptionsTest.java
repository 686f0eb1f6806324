package waybill.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryQueueSubscriptionsTest {

    private static final Queue ACME = new Queue("acme-widgets", Topic.DELIVERED);
    private static final Queue FLOWERS = new Queue("1-800-flowers", Topic.DELIVERED);

    private final QueueSubscriptions subscriptions = new InMemoryQueueSubscriptions(2);

    @Test
    void subscribersAreListedInOrderOfSubscription() {
        assertThat(subscriptions.add(ACME, "b")).isTrue();
        assertThat(subscriptions.add(ACME, "a")).isTrue();
        assertThat(subscriptions.add(ACME, "b")).as("again").isTrue();
        assertThat(subscriptions.subscribersOf(ACME)).containsExactly("b", "a");
        assertThat(subscriptions.subscribersOf(FLOWERS)).isEmpty();
    }

    @Test
    void aSubscriberHasALimitedNumberOfQueues() {
        subscriptions.add(ACME, "a");
        subscriptions.add(FLOWERS, "a");
        assertThat(subscriptions.add(new Queue("third", Topic.PICKUP), "a")).isFalse();
        assertThat(subscriptions.add(ACME, "a")).as("one it has already").isTrue();
        subscriptions.remove(ACME, "a");
        assertThat(subscriptions.add(new Queue("third", Topic.PICKUP), "a")).isTrue();
    }

    @Test
    void aRemovedSubscriberHasNoSubscriptions() {
        subscriptions.add(ACME, "a");
        subscriptions.add(FLOWERS, "a");
        subscriptions.add(FLOWERS, "b");
        subscriptions.removeAll("a");
        assertThat(subscriptions.subscribersOf(ACME)).isEmpty();
        assertThat(subscriptions.subscribedQueues()).containsExactly(FLOWERS);
        assertThat(subscriptions.remove(FLOWERS, "a")).isFalse();
        assertThat(subscriptions.remove(FLOWERS, "b")).isTrue();
        assertThat(subscriptions.subscribedQueues()).isEmpty();
    }
}
