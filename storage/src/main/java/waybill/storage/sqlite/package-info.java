/// What is SQLite's own: files and locks, the connections that read, and the thread that writes with group commit.
/// Start at [waybill.storage.sqlite.GroupCommitJournal].
@NullMarked
package waybill.storage.sqlite;

import org.jspecify.annotations.NullMarked;
