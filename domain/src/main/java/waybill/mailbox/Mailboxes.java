package waybill.mailbox;

import java.util.List;

/// Reads what waits in the queues. A port: the domain owns it, `storage` fills it in. Letters are put in and taken out
/// inside a transaction of the journal, never here.
///
/// A pickup that a driver with a name has taken on waits for that driver alone, who may have forgotten it on the way.
/// One taken on by a driver without a name waits for everybody: whether that driver is still there is not known here.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface Mailboxes {

    /// At most `max` letters of a queue with `after < eventId <= upTo` that wait for `reader`, oldest first.
    /// A reader is given in the form in which actors are kept.
    List<Letter> page(Queue queue, String reader, long after, long upTo, int max);

    /// The same over the queues of every store on a topic.
    List<Letter> page(Topic topic, String reader, long after, long upTo, int max);

    /// Every queue in which something waits for everybody, by store and topic.
    List<Depth> depths();
}
