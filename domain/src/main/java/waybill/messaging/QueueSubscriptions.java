package waybill.messaging;

import java.util.Collection;
import java.util.List;

/// The connected subscribers of each queue, on all nodes. A port.
public interface QueueSubscriptions {

    /// False when the subscriber has reached its limit. Subscribing again has no effect.
    boolean add(Queue queue, String subscriber);

    /// False when the subscriber was not subscribed to the queue.
    boolean remove(Queue queue, String subscriber);

    /// Returns the queues that it was subscribed to.
    Collection<Queue> removeAll(String subscriber);

    /// The subscribers of a queue, in order of subscription.
    List<String> subscribersOf(Queue queue);

    /// Every queue that has a subscriber.
    Collection<Queue> subscribedQueues();
}
