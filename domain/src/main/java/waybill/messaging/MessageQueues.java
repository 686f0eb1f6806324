package waybill.messaging;

import java.util.List;

/// Reads the queues. A port: `storage` implements it. Messages are added and deleted only inside a transaction of the
/// journal.
///
/// A pickup that a named driver has claimed is listed for that driver alone, whose app may have lost it. One claimed by
/// an anonymous driver is listed for all: this class does not track whether that driver is still connected.
///
/// A driver that acknowledged an unclaimed pickup with `received` is not sent it again; the other drivers are.
///
/// `StoreContract` tests what every implementation must do.
public interface MessageQueues {

    /// Messages of a queue with `after < eventId <= upTo` for `reader`, an actor in stored form, oldest first.
    MessagePage listMessages(Queue queue, String reader, long after, long upTo, MessagePage.PageLimit limit);

    /// The messages of a topic in the queues of every store.
    MessagePage listMessages(Topic topic, String reader, long after, long upTo, MessagePage.PageLimit limit);

    /// At most `max` messages, however long.
    default List<QueuedMessage> listMessages(Queue queue, String reader, long after, long upTo, int max) {
        return listMessages(queue, reader, after, upTo, MessagePage.PageLimit.ofMessages(max))
                .messages();
    }

    /// At most `max` messages, however long.
    default List<QueuedMessage> listMessages(Topic topic, String reader, long after, long upTo, int max) {
        return listMessages(topic, reader, after, upTo, MessagePage.PageLimit.ofMessages(max))
                .messages();
    }

    /// Every queue with unclaimed messages, by store and topic.
    List<QueueDepth> listDepths();

    List<QueueDepth> listDepths(String store);

    /// Whether the store has ever had any data.
    boolean storeExists(String name);
}
