package waybill.storage.sql;

import java.util.ArrayList;
import java.util.List;
import waybill.journal.LogEntry;
import waybill.journal.Sequences;
import waybill.order.Order;

/// The events since the last commit, and their sequences. Belongs to the journal's thread.
final class UncommittedEvents {

    private long committedSequence;
    private List<LogEntry> entries = new ArrayList<>();

    UncommittedEvents(long committedSequence) {
        this.committedSequence = committedSequence;
    }

    long committedSequence() {
        return committedSequence;
    }

    /// The sequence of the newest event, committed or not.
    long lastSequence() {
        return committedSequence + entries.size();
    }

    long nextSequence() {
        return lastSequence() + 1;
    }

    /// The order of the event with that sequence, which is not committed.
    Order order(long sequence) {
        return entries.get((int) (sequence - committedSequence) - 1)
                .order()
                .orElseThrow(() -> new IllegalStateException("event " + sequence + ": of no order (expected: of one)"));
    }

    int size() {
        return entries.size();
    }

    /// The sequences of the events of this transaction.
    Sequences sequences() {
        return new Sequences(committedSequence);
    }

    /// The order as tasks see it: what is not committed has provisional sequences.
    Order provisional(Order order) {
        return order.lastSequence() <= committedSequence
                ? order
                : order.withSequence(provisional(order.lastSequence()));
    }

    private long provisional(long sequence) {
        return sequence <= committedSequence ? sequence : Sequences.provisional(sequence - committedSequence);
    }

    /// Adds the event with the next sequence; returns its provisional sequence.
    long add(LogEntry entry) {
        entries.add(entry);
        return Sequences.provisional(entries.size());
    }

    /// Returns the events, which are committed now.
    List<LogEntry> commit() {
        var committed = entries;
        committedSequence = lastSequence();
        entries = new ArrayList<>();
        return committed;
    }

    /// Another writer has committed up to that sequence. Nothing is uncommitted here.
    void restartAfter(long sequence) {
        committedSequence = sequence;
    }

    void rollback() {
        entries.clear();
    }
}
