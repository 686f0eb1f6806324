package waybill.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final Queue ACME = new Queue("acme-widgets", Topic.DELIVERED);
    private static final Queue FLOWERS = new Queue("1-800-flowers", Topic.DELIVERED);

    private final Subscriptions subscriptions = new Subscriptions(2);

    @Test
    void showsWhoListensInTheOrderTheyCame() {
        assertThat(subscriptions.add(ACME, "b")).isTrue();
        assertThat(subscriptions.add(ACME, "a")).isTrue();
        assertThat(subscriptions.add(ACME, "b")).as("again").isTrue();
        assertThat(subscriptions.of(ACME)).containsExactly("b", "a");
        assertThat(subscriptions.of(FLOWERS)).isEmpty();
    }

    @Test
    void aSubscriberMayListenToSoManyQueuesAndNoMore() {
        subscriptions.add(ACME, "a");
        subscriptions.add(FLOWERS, "a");
        assertThat(subscriptions.add(new Queue("third", Topic.PICKUP), "a")).isFalse();
        assertThat(subscriptions.add(ACME, "a")).as("one it has already").isTrue();
        subscriptions.remove(ACME, "a");
        assertThat(subscriptions.add(new Queue("third", Topic.PICKUP), "a")).isTrue();
    }

    @Test
    void whoIsGoneListensToNothing() {
        subscriptions.add(ACME, "a");
        subscriptions.add(FLOWERS, "a");
        subscriptions.add(FLOWERS, "b");
        subscriptions.removeAll("a");
        assertThat(subscriptions.of(ACME)).isEmpty();
        assertThat(subscriptions.queues()).containsExactly(FLOWERS);
        assertThat(subscriptions.remove(FLOWERS, "a")).isFalse();
        assertThat(subscriptions.remove(FLOWERS, "b")).isTrue();
        assertThat(subscriptions.queues()).isEmpty();
    }
}
