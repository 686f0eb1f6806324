package waybill.storage.sql;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.UserId;
import waybill.directory.Person;
import waybill.journal.Read;

/// What is known of users, on the writing connection. Belongs to the journal's thread.
public final class PersonTable {

    private static final String FIND = """
            SELECT p.id, p.role, p.name, p.phone, p.store, p.email, p.locale
            FROM asked CROSS JOIN person p ON p.role = asked.role AND p.id = asked.id
            """;

    private final LoadedRows<UserId, Person> rows;
    private final BatchedStatement save;
    private final Set<String> unwrittenStores = new HashSet<>();

    public PersonTable(Statements statements) throws SQLException {
        var query = new KeyedQuery<UserId>(statements, "role, id", FIND, (find, first, user) -> {
            find.setString(first, user.role().wireName());
            find.setString(first + 1, user.id());
        });
        rows = new LoadedRows<>(query, row -> DirectoryRows.person(row).user(), DirectoryRows::person);
        save = new BatchedStatement(statements, """
                INSERT INTO person (id, role, name, phone, store, email, locale) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (role, id) DO UPDATE SET name = excluded.name, phone = excluded.phone,
                store = excluded.store, email = excluded.email, locale = excluded.locale
                """);
    }

    /// Loads in one round those that a batch reads.
    public void load(Set<Read> reads) throws SQLException {
        rows.startBatch(reads.stream()
                .filter(Read.OfPerson.class::isInstance)
                .map(read -> ((Read.OfPerson) read).user())
                .toList());
    }

    /// Finds what is known of a user.
    ///
    /// @param others users that the batch may ask for too: they are loaded with the first that was not declared
    public Optional<Person> find(UserId user, Contacts others) throws SQLException {
        if (!rows.isLoaded(user)) {
            rows.load(others.users());
        }
        return rows.find(user);
    }

    /// Most people are as they were, and then nothing is written.
    public void save(Person person) throws SQLException {
        if (rows.find(person.user()).filter(person::equals).isPresent()) {
            return;
        }
        rows.put(person.user(), person);
        if (person.storeOrNone() != null) {
            unwrittenStores.add(person.storeOrNone());
        }
        save.add(row -> {
            row.setString(1, person.id());
            row.setString(2, person.role().wireName());
            row.setString(3, person.nameOrNone());
            row.setString(4, person.phoneOrNone());
            row.setString(5, person.storeOrNone());
            row.setString(6, person.emailOrNone());
            row.setString(7, person.localeOrNone());
        });
    }

    /// Writes those that were saved.
    public void flush() throws SQLException {
        unwrittenStores.clear();
        save.flush();
    }

    /// Writes those that were saved, if one of them is of that store.
    void flush(String store) throws SQLException {
        if (unwrittenStores.contains(store)) {
            flush();
        }
    }

    /// The transaction was rolled back.
    public void clearCache() throws SQLException {
        unwrittenStores.clear();
        save.clear();
        rows.clear();
    }
}
