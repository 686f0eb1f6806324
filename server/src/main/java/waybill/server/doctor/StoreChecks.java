package waybill.server.doctor;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import waybill.server.Config;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.sql.CorruptDataException;
import waybill.storage.sqlite.Database;
import waybill.storage.sqlite.SqliteFailures;
import waybill.storage.sqlite.SqliteFile;
import waybill.storage.track.SqliteTrackLog;

/// The databases: whether they can be read, by this version, completely.
final class StoreChecks {

    private StoreChecks() {}

    static List<Finding> examine(Config config) {
        var findings = new ArrayList<Finding>();
        try {
            config.database().address().ifPresent(address -> findings.add(postgres(address)));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.error("PostgreSQL", String.valueOf(e.getMessage())));
        }
        if (config.database().url().isEmpty()) {
            findings.add(sqlite(Database.file(config.data())));
        }
        findings.add(sqlite(SqliteTrackLog.file(config.data())));
        return findings;
    }

    private static Finding postgres(PostgresAddress address) {
        try {
            return Finding.ok("PostgreSQL", PostgresDatabase.describe(address) + " at " + address);
        } catch (IllegalStateException e) {
            return Finding.error(
                    "PostgreSQL",
                    e.getMessage() + "; look whether it runs, whether this machine may reach it, and at the user, the"
                            + " password and the database in WAYBILL_DATABASE");
        }
    }

    private static Finding sqlite(SqliteFile file) {
        var name = String.valueOf(file.path().getFileName());
        if (!Files.exists(file.path())) {
            return Finding.ok(name, "is created at the first start");
        }
        try {
            var faults = file.findCorruption();
            if (!faults.isEmpty()) {
                return Finding.error(name, "is damaged: " + faults.getFirst() + ". " + CorruptDataException.ADVICE);
            }
            return schema(name, MigrationVersion.fromVersion(file.currentSchema()), file.newestSchema());
        } catch (SQLException e) {
            return Finding.error(
                    name, "cannot be read: " + SqliteFailures.SQLITE.describe(e) + ". " + CorruptDataException.ADVICE);
        }
    }

    private static Finding schema(String name, MigrationVersion found, MigrationVersion newest) {
        if (found.isNewerThan(newest)) {
            return Finding.error(
                    name,
                    "has schema " + found + " of a newer version, and this one has " + newest + "; use that version,"
                            + " or the backup made before the upgrade");
        }
        return newest.isNewerThan(found)
                ? Finding.warning(
                        name,
                        "is sound; the next start upgrades it from schema " + found + " to " + newest + "; make a"
                                + " backup before, ./waybill backup")
                : Finding.ok(name, "is sound, schema " + found);
    }
}
