/// The recorded past of a hub, read in order of time: the events of the log, and the positions of drivers between
/// them. Start with [waybill.hub.playback.PlaybackReader]. It only reads, and knows nothing of the clients that see it.
@NullMarked
package waybill.hub.playback;

import org.jspecify.annotations.NullMarked;
