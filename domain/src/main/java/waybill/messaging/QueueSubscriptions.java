package waybill.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The connected subscribers of each queue. Guarded by its monitor: safe from any thread.
public final class QueueSubscriptions {

    private final int perSubscriberMax;
    private final Map<Queue, Set<String>> subscribersByQueue = new HashMap<>();
    private final Map<String, Set<Queue>> queuesBySubscriber = new HashMap<>();

    /// A subscriber may subscribe to `perSubscriberMax` queues; further ones are rejected.
    public QueueSubscriptions(int perSubscriberMax) {
        this.perSubscriberMax = perSubscriberMax;
    }

    /// False when the subscriber has reached its limit. Subscribing again has no effect.
    public synchronized boolean add(Queue queue, String subscriber) {
        var queues = queuesBySubscriber.computeIfAbsent(subscriber, _ -> new LinkedHashSet<>());
        if (queues.size() >= perSubscriberMax && !queues.contains(queue)) {
            return false;
        }
        queues.add(queue);
        subscribersByQueue.computeIfAbsent(queue, _ -> new LinkedHashSet<>()).add(subscriber);
        return true;
    }

    /// False when the subscriber was not subscribed to the queue.
    public synchronized boolean remove(Queue queue, String subscriber) {
        var queues = queuesBySubscriber.get(subscriber);
        if (queues == null || !queues.remove(queue)) {
            return false;
        }
        if (queues.isEmpty()) {
            queuesBySubscriber.remove(subscriber);
        }
        removeSubscriber(queue, subscriber);
        return true;
    }

    public synchronized void removeAll(String subscriber) {
        var queues = queuesBySubscriber.remove(subscriber);
        if (queues != null) {
            queues.forEach(queue -> removeSubscriber(queue, subscriber));
        }
    }

    /// The subscribers of a queue, in order of subscription.
    public synchronized List<String> subscribersOf(Queue queue) {
        return List.copyOf(subscribersByQueue.getOrDefault(queue, Set.of()));
    }

    /// Every queue that has a subscriber.
    public synchronized Collection<Queue> subscribedQueues() {
        return List.copyOf(subscribersByQueue.keySet());
    }

    private void removeSubscriber(Queue queue, String subscriber) {
        var subscribers = subscribersByQueue.get(queue);
        if (subscribers != null) {
            subscribers.remove(subscriber);
            if (subscribers.isEmpty()) {
                subscribersByQueue.remove(queue);
            }
        }
    }
}
