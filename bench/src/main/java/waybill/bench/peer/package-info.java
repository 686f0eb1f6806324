/// The servers that are measured, each in a process of its own: how to make it ready, how to start it, and why it
/// cannot be had where it cannot.
///
/// All of them say the same few things on `/realtime` and `/caps`, check a JWT and every position, and print
/// `listening` once they do. Knows nothing of the generator.
///
/// Start at [waybill.bench.peer.Peer].
@NullMarked
package waybill.bench.peer;

import org.jspecify.annotations.NullMarked;
