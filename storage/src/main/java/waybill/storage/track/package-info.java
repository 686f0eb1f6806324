/// The history of positions: a bounded queue and a thread for each place that it is written to, beside the position
/// path, which never waits for it. Start at [waybill.storage.track.TrackWriter]; [waybill.storage.track.SqliteTrackLog]
/// has it in a file of its own, and [waybill.storage.track.PostgresTrackLog] in the database, where all nodes read it.
@NullMarked
package waybill.storage.track;

import org.jspecify.annotations.NullMarked;
