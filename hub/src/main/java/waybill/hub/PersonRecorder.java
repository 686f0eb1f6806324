package waybill.hub;

import java.util.LinkedHashMap;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.directory.Person;
import waybill.journal.Journal;

/// Writes down who somebody is by their token, when that is news. A monitor; never waits.
public final class PersonRecorder {

    /// People whose last words are remembered. Somebody forgotten is written down once more, which changes nothing.
    static final int CACHED_MAX = 10_000;

    private final Journal journal;
    private final LinkedHashMap<UserId, Person> recorded = new LinkedHashMap<>();

    public PersonRecorder(Journal journal) {
        this.journal = journal;
    }

    public void record(Principal principal) {
        var person = new Person(principal.id(), principal.role(), principal.nameOrNone(), principal.phoneOrNone());
        if (isChanged(person)) {
            journal.submitSoon(ledger -> {
                        ledger.save(person);
                        return true;
                    })
                    .exceptionally(_ -> {
                        remove(person); // it is written down the next time
                        return false;
                    });
        }
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
