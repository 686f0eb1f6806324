package waybill.journal;

import java.util.List;
import waybill.messaging.EventScope;
import waybill.order.OrderId;

/// Reads what has been committed, in order. A port: the domain owns it, `storage` fills it in.
///
/// Implementations agree on what `StoreContract` says and on nothing else. What matters most: nothing ever appears
/// behind a reader, so whoever reads on from the last position it has seen misses nothing.
public interface EventLog {

    /// The [#findRelayCheckpoint] behind which the events are since checkpoints of clients are saved.
    String CLIENT_CHECKPOINTS = "checkpoints";

    /// At most `max` entries with `position > after`, oldest first; fewer when they are large, none only at the end.
    List<LogEntry> listAfter(long after, int max);

    /// At most `filter.max()` entries that the filter lets through, oldest first.
    List<LogEntry> search(LogFilter filter);

    /// At most `max` entries with `after < position <= upTo` that concern the reader, oldest first. Fewer are all there
    /// are.
    List<LogEntry> eventsFor(EventScope reader, long after, long upTo, int max);

    /// Every event of an order, oldest first.
    List<LogEntry> listHistory(OrderId order);

    /// The position of the newest entry, 0 when there is none.
    long lastSequence();

    /// The newest position whose letters may have been thrown away because nobody had read them for too long, 0 when
    /// there is none. The news of whoever has read less far may have gaps.
    long retainedAfter();

    /// How far the relay of that name had come when it last said so, 0 when it never has.
    long findRelayCheckpoint(String relay);
}
