package waybill.server.cluster;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import waybill.messaging.InMemoryQueueSubscriptions;
import waybill.messaging.Queue;
import waybill.messaging.QueueSubscriptions;
import waybill.messaging.Topic;

/// The subscribers of each queue on all nodes: those of this node first. Thread-safe.
final class SharedQueueSubscriptions implements QueueSubscriptions {

    private static final char SEPARATOR = '\n';

    private final InMemoryQueueSubscriptions own;
    private final InMemoryQueueSubscriptions others = new InMemoryQueueSubscriptions(Integer.MAX_VALUE);
    private final SharedTable table;

    SharedQueueSubscriptions(int tableNumber, int perSubscriberMax) {
        own = new InMemoryQueueSubscriptions(perSubscriberMax);
        table = new SharedTable(tableNumber, this::onOthers);
    }

    SharedTable table() {
        return table;
    }

    @Override
    public synchronized boolean add(Queue queue, String subscriber) {
        if (!own.add(queue, subscriber)) {
            return false;
        }
        if (table.count(key(queue, subscriber)) == 0) {
            table.add(key(queue, subscriber), 0);
        }
        return true;
    }

    @Override
    public synchronized boolean remove(Queue queue, String subscriber) {
        if (!own.remove(queue, subscriber)) {
            return false;
        }
        table.remove(key(queue, subscriber));
        return true;
    }

    @Override
    public synchronized Collection<Queue> removeAll(String subscriber) {
        var queues = own.removeAll(subscriber);
        queues.forEach(queue -> table.remove(key(queue, subscriber)));
        return queues;
    }

    @Override
    public List<String> subscribersOf(Queue queue) {
        return Stream.of(own, others)
                .flatMap(of -> of.subscribersOf(queue).stream())
                .toList();
    }

    @Override
    public Collection<Queue> subscribedQueues() {
        var queues = new LinkedHashSet<>(own.subscribedQueues());
        queues.addAll(others.subscribedQueues());
        return queues;
    }

    private void onOthers(String key, boolean present) {
        var parts = key.split(String.valueOf(SEPARATOR), 3);
        var topic = Stream.of(Topic.values())
                .filter(one -> one.name().equals(parts[0]))
                .findAny();
        if (parts.length < 3 || topic.isEmpty()) {
            return; // of a newer version
        }
        var queue = new Queue(parts[2], topic.get());
        if (present) {
            others.add(queue, parts[1]);
        } else {
            others.remove(queue, parts[1]);
        }
    }

    private static String key(Queue queue, String subscriber) {
        return queue.topic().name() + SEPARATOR + subscriber + SEPARATOR + queue.store();
    }
}
