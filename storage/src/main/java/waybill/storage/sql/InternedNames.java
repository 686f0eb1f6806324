package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The numbers of what is named once in a table, those used last kept in memory. Belongs to the thread that writes the
/// table.
///
/// A number, once committed, never changes, so memory and table can only differ by what a rolled-back transaction had
/// added: [#clearCache] drops that with the rest.
public final class InternedNames {

    /// Names kept in memory; the one unused for longest makes room and is looked up again when needed.
    private static final int CACHED_MAX = 10_000;

    private final PreparedStatement find;
    private final PreparedStatement add;
    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CACHED_MAX;
        }
    };

    private InternedNames(Statements statements, String find, String add) throws SQLException {
        this.find = statements.prepare(find);
        this.add = statements.prepare(add);
    }

    public static InternedNames forStores(Statements statements) throws SQLException {
        return new InternedNames(
                statements, "SELECT id FROM store WHERE name = ?", "INSERT INTO store (name) VALUES (?) RETURNING id");
    }

    static InternedNames forRecipients(Statements statements) throws SQLException {
        return new InternedNames(
                statements,
                "SELECT id FROM recipient WHERE name = ?",
                "INSERT INTO recipient (name) VALUES (?) RETURNING id");
    }

    public static InternedNames forDrivers(Statements statements) throws SQLException {
        return new InternedNames(
                statements,
                "SELECT id FROM driver WHERE name = ?",
                "INSERT INTO driver (name) VALUES (?) RETURNING id");
    }

    public Optional<Long> findId(String name) throws SQLException {
        var known = numbers.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var found = queryId(find, name);
        found.ifPresent(number -> numbers.put(name, number));
        return found;
    }

    public long findOrCreateId(String name) throws SQLException {
        var known = findId(name);
        if (known.isPresent()) {
            return known.get();
        }
        var added = queryId(add, name).orElseThrow(() -> new IllegalStateException(name + ": not added"));
        numbers.put(name, added);
        return added;
    }

    public void clearCache() {
        numbers.clear();
    }

    private static Optional<Long> queryId(PreparedStatement statement, String name) throws SQLException {
        statement.setString(1, name);
        try (var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
        }
    }
}
