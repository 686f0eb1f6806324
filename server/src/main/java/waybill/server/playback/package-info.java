/// The time machine: what clients saw in the past, sent to administrators again on a namespace of its own, as fast as
/// they choose. Start with [waybill.server.playback.PlaybackNamespace]. It reads the log and the tracks, and writes
/// nothing; no room of a live client is touched.
@NullMarked
package waybill.server.playback;

import org.jspecify.annotations.NullMarked;
