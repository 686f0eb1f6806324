/// The ports of the domain, in SQL, on two SQLite files: orders and messages, and the history of positions.
///
/// [waybill.storage.Store] opens both; besides it, other modules see [waybill.storage.StoreInspection] and
/// [waybill.storage.backup]. One platform thread owns the only connection that writes
/// ([waybill.storage.sql.GroupCommitJournal]); readers have connections and threads of their own and never make the
/// writer wait. Knows the domain and SQL, and nothing of sockets or HTTP.
@NullMarked
package waybill.storage;

import org.jspecify.annotations.NullMarked;
