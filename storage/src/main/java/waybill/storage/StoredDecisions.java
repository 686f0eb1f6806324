package waybill.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;
import waybill.dispatch.StoredDecision;
import waybill.storage.sql.DecisionTable;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteFailures;

/// Reads the decisions of dispatch in a data directory, whether a hub runs on it or not.
public final class StoredDecisions {

    private StoredDecisions() {}

    /// Passes all decisions on, the oldest first. Throws with what stands in the way.
    public static void forEach(Path data, Consumer<StoredDecision> consumer) {
        var file = Database.file(data);
        if (!Files.isRegularFile(file.path())) {
            throw new IllegalStateException("data: " + data.toAbsolutePath().normalize()
                    + " has no waybill.db (expected: the data directory of a hub, named with --data)");
        }
        try (var connection = file.openReader()) {
            DecisionTable.forEach(connection, consumer);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "data: the decisions in " + file.path() + " cannot be read: " + SqliteFailures.SQLITE.describe(e)
                            + " (expected: the data directory of a hub of this version)",
                    e);
        }
    }
}
