package waybill.mailbox;

import java.util.List;

/// Reads what waits in the queues. A port: the domain owns it, `storage` fills it in. Letters are put in and taken out
/// inside a transaction of the journal, never here.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface Mailboxes {

    /// At most `max` letters of a queue with `after < eventId <= upTo`, oldest first.
    List<Letter> page(Queue queue, long after, long upTo, int max);

    /// The same over the queues of every store on a topic.
    List<Letter> page(Topic topic, long after, long upTo, int max);

    /// Every queue that is not empty, by store and topic.
    List<Depth> depths();
}
