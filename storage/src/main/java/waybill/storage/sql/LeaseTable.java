package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.journal.StoredLease;

/// Which nodes run the tasks that one node is enough for. There are a few, which are read together and kept until
/// another writer commits. Belongs to the journal's thread.
final class LeaseTable {

    private final PreparedStatement list;
    private final PreparedStatement save;
    private @Nullable Map<String, StoredLease> cached;

    LeaseTable(Statements statements) throws SQLException {
        list = statements.prepare("SELECT task, holder, term, renewals FROM lease");
        save = statements.prepare("""
                INSERT INTO lease (task, holder, term, renewals) VALUES (?, ?, ?, ?)
                ON CONFLICT (task) DO UPDATE
                SET holder = excluded.holder, term = excluded.term, renewals = excluded.renewals
                """);
    }

    Optional<StoredLease> find(String task) throws SQLException {
        return Optional.ofNullable(all().get(task));
    }

    int save(StoredLease lease) throws SQLException {
        all().put(lease.task(), lease);
        save.setString(1, lease.task());
        save.setString(2, lease.holder());
        save.setLong(3, lease.term());
        save.setLong(4, lease.renewals());
        return save.executeUpdate();
    }

    private Map<String, StoredLease> all() throws SQLException {
        var known = cached;
        if (known == null) {
            known = new HashMap<>();
            for (var lease : DirectoryRows.list(
                    list, row -> new StoredLease(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))) {
                known.put(lease.task(), lease);
            }
            cached = known;
        }
        return known;
    }

    void clearCache() {
        cached = null;
    }
}
