package waybill.server.realtime;

import java.util.LinkedHashMap;
import waybill.access.Principal;
import waybill.access.UserId;
import waybill.directory.Person;
import waybill.order.Journal;

/// Writes down who somebody is by their token, when that is news. A monitor; never waits.
final class People {

    /// People whose last words are remembered. Somebody forgotten is written down once more, which changes nothing.
    static final int REMEMBERED_MAX = 10_000;

    private final Journal journal;
    private final LinkedHashMap<UserId, Person> known = new LinkedHashMap<>();

    People(Journal journal) {
        this.journal = journal;
    }

    void seen(Principal principal) {
        var person = new Person(principal.id(), principal.role(), principal.nameOrNone(), principal.phoneOrNone());
        if (isNews(person)) {
            journal.submitSoon(ledger -> {
                        ledger.keep(person);
                        return true;
                    })
                    .exceptionally(_ -> {
                        forget(person); // it is written down the next time
                        return false;
                    });
        }
    }

    private synchronized boolean isNews(Person person) {
        var before = known.putLast(person.user(), person);
        if (known.size() > REMEMBERED_MAX) {
            known.pollFirstEntry();
        }
        return !person.equals(before);
    }

    private synchronized void forget(Person person) {
        known.remove(person.user(), person);
    }
}
