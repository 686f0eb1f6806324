package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
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
    private final PreparedStatement save;

    public PersonTable(Statements statements) throws SQLException {
        var query = new KeyedQuery<UserId>(statements, "role, id", FIND, (find, first, user) -> {
            find.setString(first, user.role().wireName());
            find.setString(first + 1, user.id());
        });
        rows = new LoadedRows<>(query, row -> DirectoryRows.person(row).user(), DirectoryRows::person);
        save = statements.prepare("""
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
    public int save(Person person) throws SQLException {
        if (rows.find(person.user()).filter(person::equals).isPresent()) {
            return 0;
        }
        rows.put(person.user(), person);
        save.setString(1, person.id());
        save.setString(2, person.role().wireName());
        save.setString(3, person.nameOrNone());
        save.setString(4, person.phoneOrNone());
        save.setString(5, person.storeOrNone());
        save.setString(6, person.emailOrNone());
        save.setString(7, person.localeOrNone());
        return save.executeUpdate();
    }

    /// The transaction was rolled back.
    public void clearCache() {
        rows.clear();
    }
}
