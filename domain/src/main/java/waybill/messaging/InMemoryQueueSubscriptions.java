package waybill.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The subscribers that are connected to the nodes of this process. Guarded by its monitor: safe from any thread.
public final class InMemoryQueueSubscriptions implements QueueSubscriptions {

    private final int perSubscriberMax;
    private final Map<Queue, Set<String>> subscribersByQueue = new HashMap<>();
    private final Map<String, Set<Queue>> queuesBySubscriber = new HashMap<>();

    /// A subscriber may subscribe to `perSubscriberMax` queues; further ones are rejected.
    public InMemoryQueueSubscriptions(int perSubscriberMax) {
        this.perSubscriberMax = perSubscriberMax;
    }

    @Override
    public synchronized boolean add(Queue queue, String subscriber) {
        var queues = queuesBySubscriber.computeIfAbsent(subscriber, _ -> new LinkedHashSet<>());
        if (queues.size() >= perSubscriberMax && !queues.contains(queue)) {
            return false;
        }
        queues.add(queue);
        subscribersByQueue.computeIfAbsent(queue, _ -> new LinkedHashSet<>()).add(subscriber);
        return true;
    }

    @Override
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

    @Override
    public synchronized Collection<Queue> removeAll(String subscriber) {
        var queues = queuesBySubscriber.remove(subscriber);
        if (queues == null) {
            return Set.of();
        }
        queues.forEach(queue -> removeSubscriber(queue, subscriber));
        return queues;
    }

    @Override
    public synchronized List<String> subscribersOf(Queue queue) {
        return List.copyOf(subscribersByQueue.getOrDefault(queue, Set.of()));
    }

    @Override
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
