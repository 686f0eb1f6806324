package waybill.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import waybill.messaging.EventScope;
import waybill.order.OrderId;

/// Reads the committed events, in order. A port: `storage` implements it.
///
/// `StoreContract` tests what every implementation must do. No event ever appears before one that a reader has seen, so
/// a reader that continues after its last sequence misses nothing.
public interface EventLog {

    /// The [#findRelayCheckpoint] after which client checkpoints are saved.
    String CLIENT_CHECKPOINTS = "checkpoints";

    /// At most `max` entries with `sequence > after`, oldest first; fewer when they are large, none only at the end.
    List<LogEntry> listAfter(long after, int max);

    /// The entry with that sequence, unless it was purged: also one that another node has committed a moment ago, and
    /// that [#listAfter] does not have yet on this one.
    default Optional<LogEntry> find(long sequence) {
        return listAfter(sequence - 1, 1).stream()
                .filter(entry -> entry.sequence() == sequence)
                .findFirst();
    }

    /// At most `filter.max()` entries that match the filter, oldest first.
    List<LogEntry> search(LogFilter filter);

    /// At most `max` entries with `after < sequence <= upTo` for the scope, oldest first. Fewer than `max` are all
    /// there are.
    List<LogEntry> eventsFor(EventScope scope, long after, long upTo, int max);

    /// The newest entry with `after < sequence <= upTo` of each order that is active after it: at most `max`, oldest
    /// first; fewer when they are large.
    List<LogEntry> listActive(long after, long upTo, int max);

    /// Every event of an order, oldest first.
    List<LogEntry> listHistory(OrderId order);

    /// The sequence of the newest entry, 0 when there is none.
    long lastSequence();

    /// The newest sequence whose messages may have been purged unread, 0 when there is none. A recipient that has read
    /// less far may miss events.
    long retainedAfter();

    /// The newest sequence up to which the events of ended orders may have been deleted, 0 when none have.
    long deletedUpTo();

    /// The saved checkpoint of the relay with that name; empty when there is none.
    OptionalLong findRelayCheckpoint(String relay);
}
