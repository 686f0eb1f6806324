package waybill.mailbox;

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
public interface Mailboxes {

    /// Letters of a queue with `after < eventId <= upTo` that wait for `reader`, oldest first. A reader is given in the
    /// form in which actors are kept.
    LetterPage page(Queue queue, String reader, long after, long upTo, LetterPage.Limit limit);

    /// The same over the queues of every store on a topic.
    LetterPage page(Topic topic, String reader, long after, long upTo, LetterPage.Limit limit);

    /// At most `max` of them, however long.
    default List<Letter> page(Queue queue, String reader, long after, long upTo, int max) {
        return page(queue, reader, after, upTo, LetterPage.Limit.of(max)).letters();
    }

    /// At most `max` of them, however long.
    default List<Letter> page(Topic topic, String reader, long after, long upTo, int max) {
        return page(topic, reader, after, upTo, LetterPage.Limit.of(max)).letters();
    }

    /// Every queue in which something waits for everybody, by store and topic.
    List<Depth> depths();

    /// The same for the queues of one store.
    List<Depth> depths(String store);

    /// Whether anything has ever been kept under the name of that store.
    boolean isStore(String name);
}
