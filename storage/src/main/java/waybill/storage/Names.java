package waybill.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The numbers of what is named once in a table, those used last kept in memory. Belongs to the thread that writes the
/// table.
///
/// A number, once committed, never changes, so memory and table can only differ by what a rolled-back transaction had
/// added: [#forget] drops that with the rest.
final class Names {

    /// Names kept in memory; the one unused for longest makes room and is looked up again when needed.
    private static final int REMEMBERED_MAX = 10_000;

    private final PreparedStatement find;
    private final PreparedStatement add;
    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private Names(Statements statements, String find, String add) throws SQLException {
        this.find = statements.prepare(find);
        this.add = statements.prepare(add);
    }

    static Names ofStores(Statements statements) throws SQLException {
        return new Names(
                statements, "SELECT id FROM store WHERE name = ?", "INSERT INTO store (name) VALUES (?) RETURNING id");
    }

    static Names ofRecipients(Statements statements) throws SQLException {
        return new Names(
                statements,
                "SELECT id FROM recipient WHERE name = ?",
                "INSERT INTO recipient (name) VALUES (?) RETURNING id");
    }

    static Names ofDrivers(Statements statements) throws SQLException {
        return new Names(
                statements,
                "SELECT id FROM driver WHERE name = ?",
                "INSERT INTO driver (name) VALUES (?) RETURNING id");
    }

    Optional<Long> number(String name) throws SQLException {
        var known = numbers.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var found = ask(find, name);
        found.ifPresent(number -> numbers.put(name, number));
        return found;
    }

    long numberOrNew(String name) throws SQLException {
        var known = number(name);
        if (known.isPresent()) {
            return known.get();
        }
        var added = ask(add, name).orElseThrow(() -> new IllegalStateException(name + ": not added"));
        numbers.put(name, added);
        return added;
    }

    void forget() {
        numbers.clear();
    }

    private static Optional<Long> ask(PreparedStatement statement, String name) throws SQLException {
        statement.setString(1, name);
        try (var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
        }
    }
}
