package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.ClientCheckpoints;

/// How far the clients of users are, on the writing connection. Belongs to the journal's thread.
public final class ClientCheckpointTable {

    private static final String OF_USER = """
            SELECT user_id, dialect, sequence, watches_orders, saved_at FROM client_checkpoint
            WHERE user_id = ?
            """;

    private final PreparedStatement save;
    private final PreparedStatement purge;

    ClientCheckpointTable(Statements statements) throws SQLException {
        save = statements.prepare("""
                INSERT INTO client_checkpoint (user_id, dialect, node, sequence, watches_orders, saved_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, dialect, node) DO UPDATE SET sequence = excluded.sequence,
                watches_orders = excluded.watches_orders, saved_at = excluded.saved_at
                """);
        purge = statements.prepare("DELETE FROM client_checkpoint WHERE saved_at < ?");
    }

    int save(String node, ClientCheckpoint checkpoint) throws SQLException {
        save.setString(1, checkpoint.user());
        save.setString(2, checkpoint.dialect());
        save.setString(3, node);
        save.setLong(4, checkpoint.sequence());
        save.setInt(5, EnumCodes.encode(checkpoint.subscribesToOrders()));
        save.setLong(6, checkpoint.savedAt().toEpochMilli());
        return save.executeUpdate();
    }

    int purge(Instant before) throws SQLException {
        purge.setLong(1, before.toEpochMilli());
        return purge.executeUpdate();
    }

    /// The same as committed, for any thread.
    public static ClientCheckpoints queries(ReadConnections readers) {
        return user -> readers.query(OF_USER, query -> {
            query.setString(1, user);
            return ClientCheckpoint.merge(DirectoryRows.list(query, ClientCheckpointTable::checkpoint));
        });
    }

    private static ClientCheckpoint checkpoint(ResultSet row) throws SQLException {
        return new ClientCheckpoint(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getBoolean(4),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
