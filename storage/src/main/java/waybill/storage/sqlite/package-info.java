/// The parts that only SQLite has: files and locks, the connections that read, and the tables on the one that writes.
/// Start at [waybill.storage.sqlite.SqliteUnitOfWork].
@NullMarked
package waybill.storage.sqlite;

import org.jspecify.annotations.NullMarked;
