package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import waybill.eta.EtaModelStore;
import waybill.eta.SavedEtaModel;

/// What the hub has learnt about times, on the writing connection. Belongs to the journal's thread.
public final class EtaModelTable {

    private final PreparedStatement save;

    EtaModelTable(Statements statements) throws SQLException {
        save = statements.prepare("""
                INSERT INTO eta_model (id, position, state) VALUES (1, ?, ?)
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, state = excluded.state
                WHERE excluded.position >= eta_model.position
                """);
    }

    /// A node that is behind does not replace what one has saved that is ahead.
    int save(long sequence, byte[] state) throws SQLException {
        save.setLong(1, sequence);
        save.setBytes(2, state);
        return save.executeUpdate();
    }

    /// The same as committed, for any thread.
    public static EtaModelStore queries(ReadConnections readers) {
        return () -> readers
                .query(
                        "SELECT position, state FROM eta_model",
                        query -> DirectoryRows.list(query, row -> new SavedEtaModel(row.getLong(1), row.getBytes(2))))
                .stream()
                .findFirst();
    }
}
