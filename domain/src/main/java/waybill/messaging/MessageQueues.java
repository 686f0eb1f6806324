package waybill.messaging;

import java.util.List;

/// Reads what waits in the queues. A port: the domain owns it, `storage` fills it in. Letters are put in and taken out
/// inside a transaction of the journal, never here.
///
/// A pickup that a driver with a name has taken on waits for that driver alone, who may have forgotten it on the way.
/// One taken on by a driver without a name waits for everybody: whether that driver is still there is not known here.
///
/// A driver who has said `received` to a pickup that no driver has taken is not shown it any more; the others are.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface MessageQueues {

    /// Letters of a queue with `after < eventId <= upTo` that wait for `reader`, oldest first. A reader is given in the
    /// form in which actors are kept.
    MessagePage listMessages(Queue queue, String reader, long after, long upTo, MessagePage.PageLimit limit);

    /// The same over the queues of every store on a topic.
    MessagePage listMessages(Topic topic, String reader, long after, long upTo, MessagePage.PageLimit limit);

    /// At most `max` of them, however long.
    default List<QueuedMessage> listMessages(Queue queue, String reader, long after, long upTo, int max) {
        return listMessages(queue, reader, after, upTo, MessagePage.PageLimit.ofMessages(max))
                .messages();
    }

    /// At most `max` of them, however long.
    default List<QueuedMessage> listMessages(Topic topic, String reader, long after, long upTo, int max) {
        return listMessages(topic, reader, after, upTo, MessagePage.PageLimit.ofMessages(max))
                .messages();
    }

    /// Every queue in which something waits for everybody, by store and topic.
    List<QueueDepth> listDepths();

    /// The same for the queues of one store.
    List<QueueDepth> listDepths(String store);

    /// Whether anything has ever been kept under the name of that store.
    boolean storeExists(String name);
}
