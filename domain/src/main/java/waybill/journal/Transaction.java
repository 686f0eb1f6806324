package waybill.journal;

import java.util.List;

/// A transaction as data: what it reads, the decision about what was read, and how its result is completed.
///
/// A store takes many transactions as one batch. It loads what they read in one round, has each decide in turn on
/// what was loaded and what the earlier ones changed, and writes all changes in one round.
///
/// @param reads what the decision reads. It may read more, which a store then loads by itself: in a round trip of its
///     own, which only rare commands may cost, such as those of an administrator
/// @param bytes about how many bytes of memory the transaction holds until it is done
/// @param isDeferrable whether no client waits for it. The journal may delay it to commit more at once
public record Transaction<T>(List<Read> reads, Decision<T> decision, long bytes, boolean isDeferrable) {

    /// Decides on the state that was loaded, and changes it. It may be called more than once, and the changes of only
    /// one call are committed, so it must have no effect outside the unit of work.
    @FunctionalInterface
    public interface Decision<T> {
        Completion<T> decide(UnitOfWork work);
    }

    /// Completes a result after the commit, off the journal's thread.
    @FunctionalInterface
    public interface Completion<T> {
        T complete(Sequences sequences);
    }

    public Transaction {
        reads = List.copyOf(reads);
    }

    public Transaction(List<Read> reads, Decision<T> decision) {
        this(reads, decision, 0, false);
    }

    /// A transaction whose result has no sequence.
    static <T> Transaction<T> of(Journal.Task<T> task, boolean isDeferrable) {
        return new Transaction<>(
                List.of(),
                work -> {
                    var result = task.run(work);
                    return _ -> result;
                },
                0,
                isDeferrable);
    }
}
