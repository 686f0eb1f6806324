/// The ports of the domain, in SQL, on two SQLite files: the books, and where drivers were.
///
/// [waybill.storage.Store] is the door. Behind it one platform thread owns the only connection that writes
/// ([waybill.storage.GroupJournal]); readers have connections and threads of their own ([waybill.storage.Readers]) and
/// never make the writer wait. The history of positions ([waybill.storage.SqliteTrackLog]) has a thread of its own too,
/// and nobody waits for that one. What is here knows the domain and SQL, and nothing of sockets or HTTP.
@NullMarked
package waybill.storage;

import org.jspecify.annotations.NullMarked;
