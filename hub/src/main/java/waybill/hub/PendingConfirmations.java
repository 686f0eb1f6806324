package waybill.hub;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.messaging.Confirmation;
import waybill.messaging.Confirmations;
import waybill.order.Actor;

/// The new orders that stores must confirm, as they are stored.
public final class PendingConfirmations {

    private final Confirmations confirmations;
    private final EventLog log;
    private final Journal journal;
    private final InstantSource clock;

    public PendingConfirmations(Confirmations confirmations, EventLog log, Journal journal, InstantSource clock) {
        this.confirmations = confirmations;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
    }

    /// Reads the placements that a store has not confirmed, up to an event: those sent before, then the others. Blocks.
    public void forEach(String store, long upTo, int max, Consumer<LogEntry> onPlacement) {
        for (var state : List.of(Confirmation.State.SENT, Confirmation.State.PENDING)) {
            confirmations.search(Optional.of(store), Optional.of(state), 0, max).stream()
                    .filter(confirmation -> confirmation.eventId() <= upTo)
                    .flatMap(confirmation -> log.listAfter(confirmation.eventId() - 1, 1).stream())
                    .forEach(onPlacement);
        }
    }

    /// A placement was sent to its store.
    public void recordAttempt(String store, long sequence) {
        var now = clock.instant();
        journal.submit(work -> {
            work.recordConfirmationAttempt(store, sequence, now);
            return true;
        });
    }

    /// A socket of the store has confirmed it. The other nodes learn it from the log.
    public void confirm(String store, long sequence) {
        var now = clock.instant();
        var by = new Actor(Actor.Kind.STORE, store);
        journal.submit(new Transaction<>(List.of(new Read.OfConfirmation(store, sequence)), work -> {
            var event = HubCommands.confirm(work, store, sequence, by, now);
            return sequences -> sequences.of(event);
        }));
    }
}
