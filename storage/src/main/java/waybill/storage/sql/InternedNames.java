package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The numbers of the names in a table, those used last kept in memory. Belongs to one writer of the table; others
/// may add names at the same time.
///
/// The number of a committed name never changes, so memory and table can only differ by the names that a rolled-back
/// transaction added: [#clearCache] drops those with the rest.
public final class InternedNames {

    /// Names kept in memory; the one unused for longest makes room and is looked up again when needed.
    private static final int CACHED_MAX = 10_000;

    private final KeyedQuery<String> find;
    private final PreparedStatement findOrAdd;
    private final PreparedStatement add;
    private final Set<String> missing = new HashSet<>(); // of those loaded last
    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CACHED_MAX;
        }
    };

    private InternedNames(Statements statements, String table) throws SQLException {
        find = new KeyedQuery<>(
                statements,
                "name",
                "SELECT t.name, t.id FROM asked CROSS JOIN " + table + " t ON t.name = asked.name",
                (query, first, name) -> query.setString(first, name));
        findOrAdd = statements.prepare("INSERT INTO " + table
                + " (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id");
        add = statements.prepare("INSERT INTO " + table + " (name) VALUES (?) ON CONFLICT (name) DO NOTHING");
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

    /// Finds those of a batch that are not in memory, in one round.
    public void load(Collection<String> names) throws SQLException {
        missing.clear();
        for (var name : names) {
            if (!numbers.containsKey(name)) {
                missing.add(name);
            }
        }
        find(List.copyOf(missing));
    }

    private void find(List<String> names) throws SQLException {
        find.run(names, row -> {
            numbers.put(row.getString(1), row.getLong(2));
            missing.remove(row.getString(1));
        });
    }

    /// Adds those that are not there, in one round.
    void createAll(Collection<String> names) throws SQLException {
        load(names);
        if (missing.isEmpty()) {
            return;
        }
        var added = List.copyOf(missing);
        try {
            for (var name : added) {
                add.setString(1, name);
                add.addBatch();
            }
            add.executeBatch();
        } finally {
            add.clearBatch();
        }
        load(added);
    }

    public Optional<Long> findId(String name) throws SQLException {
        var known = numbers.get(name);
        if (known == null && !missing.contains(name)) {
            find(List.of(name));
            known = numbers.get(name);
        }
        return Optional.ofNullable(known);
    }

    public long findOrCreateId(String name) throws SQLException {
        var known = findId(name);
        if (known.isPresent()) {
            return known.get();
        }
        findOrAdd.setString(1, name);
        try (var rows = findOrAdd.executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException(name + ": not added");
            }
            numbers.put(name, rows.getLong(1));
            missing.remove(name);
            return rows.getLong(1);
        }
    }

    public void clearCache() {
        numbers.clear();
        missing.clear();
    }
}
