package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The numbers of the names in a table, those used last kept in memory. Belongs to one writer of the table; others
/// may add names at the same time.
///
/// The number of a committed name never changes, so memory and table can only differ by the names that a rolled-back
/// transaction added: [#clearCache] drops those with the rest.
public final class InternedNames {

    /// Names kept in memory; the one unused for longest makes room and is looked up again when needed.
    private static final int CACHED_MAX = 10_000;

    private final PreparedStatement find;
    private final PreparedStatement findOrAdd;
    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CACHED_MAX;
        }
    };

    private InternedNames(Statements statements, String table) throws SQLException {
        find = statements.prepare("SELECT id FROM " + table + " WHERE name = ?");
        findOrAdd = statements.prepare("INSERT INTO " + table
                + " (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id");
    }

    public static InternedNames forStores(Statements statements) throws SQLException {
        return new InternedNames(statements, "store");
    }

    static InternedNames forRecipients(Statements statements) throws SQLException {
        return new InternedNames(statements, "recipient");
    }

    public static InternedNames forDrivers(Statements statements) throws SQLException {
        return new InternedNames(statements, "driver");
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
        var added = queryId(findOrAdd, name).orElseThrow(() -> new IllegalStateException(name + ": not added"));
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
