package waybill.hub.relay;

import java.util.List;
import java.util.OptionalLong;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.messaging.EventScope;
import waybill.order.OrderId;

/// A log in a list, which has the sequences from 1 on. Of a filter it knows the sequence, the time and the number.
public record ListEventLog(List<LogEntry> entries) implements EventLog {

    @Override
    public List<LogEntry> listAfter(long after, int max) {
        return entries.stream().skip(after).limit(max).toList();
    }

    @Override
    public List<LogEntry> search(LogFilter filter) {
        return entries.stream()
                .skip(filter.after())
                .filter(entry -> !entry.receivedAt().isBefore(filter.since()))
                .limit(filter.max())
                .toList();
    }

    @Override
    public List<LogEntry> eventsFor(EventScope scope, long after, long upTo, int max) {
        return listAfter(after, max);
    }

    @Override
    public List<LogEntry> listHistory(OrderId order) {
        return List.of();
    }

    @Override
    public long lastSequence() {
        return entries.size();
    }

    @Override
    public List<LogEntry> listActive(long after, long upTo, int max) {
        return List.of();
    }

    @Override
    public long deletedUpTo() {
        return 0;
    }

    @Override
    public long retainedAfter() {
        return 0;
    }

    @Override
    public OptionalLong findRelayCheckpoint(String relay) {
        return OptionalLong.empty();
    }
}
