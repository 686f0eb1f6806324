/// Moves what a hub has in `waybill.db` to a PostgreSQL database. Start with
/// [waybill.storage.migration.DatabaseMigration].
@NullMarked
package waybill.storage.migration;

import org.jspecify.annotations.NullMarked;
