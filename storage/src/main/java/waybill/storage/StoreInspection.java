package waybill.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteFile;
import waybill.storage.track.SqliteTrackLog;

/// Whether a database can be read, by this version, completely. A hub may have it open; nothing is changed.
///
/// @param subject the file, or the kind of server
/// @param text how it is, and unless it is sound, what to do next
public record StoreInspection(String subject, State state, String text) {

    public enum State {
        SOUND,

        /// The next start upgrades it.
        OUTDATED,

        /// A hub does not start on it.
        UNUSABLE
    }

    /// The file of orders and messages in a data directory.
    public static StoreInspection ofOrders(Path data) {
        return ofFile(Database.file(data));
    }

    /// The file of positions in a data directory.
    public static StoreInspection ofTracks(Path data) {
        return ofFile(SqliteTrackLog.file(data));
    }

    public static StoreInspection ofPostgres(PostgresAddress address) {
        try {
            return new StoreInspection(
                    "PostgreSQL", State.SOUND, PostgresDatabase.describe(address) + " at " + address);
        } catch (IllegalStateException e) {
            return new StoreInspection(
                    "PostgreSQL",
                    State.UNUSABLE,
                    e.getMessage() + "; look whether it runs, whether this machine may reach it, and at the user, the"
                            + " password and the database in WAYBILL_DATABASE");
        }
    }

    private static StoreInspection ofFile(SqliteFile file) {
        var name = String.valueOf(file.path().getFileName());
        if (!Files.exists(file.path())) {
            return new StoreInspection(name, State.SOUND, "is created at the first start");
        }
        try {
            var faults = file.findCorruption();
            return faults.isEmpty()
                    ? ofSchema(name, MigrationVersion.fromVersion(file.currentSchema()), file.newestSchema())
                    : unusable(name, "is damaged: " + faults.getFirst() + ". " + CorruptDataException.ADVICE);
        } catch (SQLException e) {
            return unusable(
                    name, "cannot be read: " + SqliteFailures.SQLITE.describe(e) + ". " + CorruptDataException.ADVICE);
        }
    }

    private static StoreInspection ofSchema(String name, MigrationVersion found, MigrationVersion newest) {
        if (found.isNewerThan(newest)) {
            return unusable(
                    name,
                    "has schema " + found + " of a newer version, and this one has " + newest + "; use that version,"
                            + " or the backup made before the upgrade");
        }
        return newest.isNewerThan(found)
                ? new StoreInspection(
                        name,
                        State.OUTDATED,
                        "is sound; the next start upgrades it from schema " + found + " to " + newest + "; make a"
                                + " backup before, ./waybill backup")
                : new StoreInspection(name, State.SOUND, "is sound, schema " + found);
    }

    private static StoreInspection unusable(String name, String text) {
        return new StoreInspection(name, State.UNUSABLE, text);
    }
}
