package waybill.hub;

import java.util.LinkedHashMap;
import java.util.List;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.directory.Person;
import waybill.journal.Journal;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;

/// Saves a user's name, phone, store, e-mail address and language from the token when they changed. Guarded by its
/// monitor; never blocks.
public final class PersonRecorder {

    /// Cached users. An evicted user is saved once more, which changes nothing.
    static final int CACHED_MAX = 10_000;

    private final Journal journal;
    private final LinkedHashMap<UserId, Person> recorded = new LinkedHashMap<>();

    public PersonRecorder(Journal journal) {
        this.journal = journal;
    }

    public void record(Principal principal) {
        var person = Person.of(principal);
        if (isChanged(person)) {
            journal.submit(new Transaction<>(
                            List.of(new Read.OfPerson(person.user())), work -> save(work, person), 0, true))
                    .exceptionally(_ -> {
                        remove(person); // it is saved with the next token
                        return false;
                    });
        }
    }

    private static Transaction.Completion<Boolean> save(UnitOfWork work, Person person) {
        work.save(person);
        return _ -> true;
    }

    private synchronized boolean isChanged(Person person) {
        var before = recorded.putLast(person.user(), person);
        if (recorded.size() > CACHED_MAX) {
            recorded.pollFirstEntry();
        }
        return !person.equals(before);
    }

    private synchronized void remove(Person person) {
        recorded.remove(person.user(), person);
    }
}
