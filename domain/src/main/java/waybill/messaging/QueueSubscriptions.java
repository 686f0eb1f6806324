package waybill.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who listens to which queue, for as long as they are connected. A monitor: safe from any thread.
public final class QueueSubscriptions {

    private final int perSubscriberMax;
    private final Map<Queue, Set<String>> subscribersByQueue = new HashMap<>();
    private final Map<String, Set<Queue>> queuesBySubscriber = new HashMap<>();

    /// A subscriber may listen to `perSubscriberMax` queues; more are declined.
    public QueueSubscriptions(int perSubscriberMax) {
        this.perSubscriberMax = perSubscriberMax;
    }

    /// False when the subscriber already listens to as many queues as it may. Doing it twice is doing it once.
    public synchronized boolean add(Queue queue, String subscriber) {
        var queues = queuesBySubscriber.computeIfAbsent(subscriber, _ -> new LinkedHashSet<>());
        if (queues.size() >= perSubscriberMax && !queues.contains(queue)) {
            return false;
        }
        queues.add(queue);
        subscribersByQueue.computeIfAbsent(queue, _ -> new LinkedHashSet<>()).add(subscriber);
        return true;
    }

    /// False when the subscriber did not listen to that queue.
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

    /// The subscriber is gone.
    public synchronized void removeAll(String subscriber) {
        var queues = queuesBySubscriber.remove(subscriber);
        if (queues != null) {
            queues.forEach(queue -> removeSubscriber(queue, subscriber));
        }
    }

    /// Subscribers of a queue, in the order in which they came.
    public synchronized List<String> subscribersOf(Queue queue) {
        return List.copyOf(subscribersByQueue.getOrDefault(queue, Set.of()));
    }

    /// Every queue that somebody listens to.
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
