/// The measured servers, each in its own process: how to prepare and start it, and why it may be unavailable.
///
/// All of them emit the same events on `/realtime` and `/caps`, check a JWT and every position, and print `listening`
/// once they do. Does not depend on the generator.
///
/// Start at [waybill.bench.peer.Peer].
@NullMarked
package waybill.bench.peer;

import org.jspecify.annotations.NullMarked;
