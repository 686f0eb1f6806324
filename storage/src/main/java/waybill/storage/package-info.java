/// The ports of the domain, in SQL, on one SQLite file.
///
/// [waybill.storage.Store] is the door. Behind it one platform thread owns the only connection that writes
/// ([waybill.storage.GroupJournal]); readers have connections and threads of their own ([waybill.storage.Readers]) and
/// never make the writer wait. What is here knows the domain and SQL, and nothing of sockets or HTTP.
@NullMarked
package waybill.storage;

import org.jspecify.annotations.NullMarked;
