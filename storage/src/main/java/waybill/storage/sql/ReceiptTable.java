package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import waybill.notification.ReceiptWriter;
import waybill.notification.Receipts;

/// Which receivers of outbound jobs have been sent their messages, on the writing connection. Belongs to the journal's
/// thread.
public final class ReceiptTable {

    private static final String OF_JOB = "SELECT receiver FROM job_receipt WHERE job = ?";

    private final PreparedStatement save;
    private final PreparedStatement purge;

    ReceiptTable(Statements statements) throws SQLException {
        save = statements.prepare(
                "INSERT INTO job_receipt (job, receiver, sent_at) VALUES (?, ?, ?) ON CONFLICT (job, receiver) DO NOTHING");
        purge = statements.prepare("""
                DELETE FROM job_receipt WHERE (job, receiver) IN
                (SELECT job, receiver FROM job_receipt WHERE sent_at < ? ORDER BY sent_at LIMIT ?)
                """);
    }

    int save(long job, String receiver, Instant at) throws SQLException {
        save.setLong(1, job);
        save.setString(2, receiver);
        save.setLong(3, at.toEpochMilli());
        save.executeUpdate();
        purge.setLong(1, at.minus(ReceiptWriter.RETENTION).toEpochMilli());
        purge.setInt(2, ReceiptWriter.PURGED_MAX);
        return purge.executeUpdate();
    }

    /// The same as committed, for any thread.
    public static Receipts queries(ReadConnections connections) {
        return job -> connections.query(OF_JOB, query -> {
            query.setLong(1, job);
            return Set.copyOf(DirectoryRows.list(query, row -> row.getString(1)));
        });
    }
}
