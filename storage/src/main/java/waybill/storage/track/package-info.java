/// The history of positions, in a file of its own with a thread of its own: it is written in bounded batches beside
/// the position path, which never waits for it. Start at [waybill.storage.track.SqliteTrackLog].
@NullMarked
package waybill.storage.track;

import org.jspecify.annotations.NullMarked;
