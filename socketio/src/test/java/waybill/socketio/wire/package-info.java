/// The engine as seen from the wire: conversations written down as text, played over a real port by a client so plain
/// that it can be as rude as it likes.
///
/// Knows nothing of the engine but how to start one. Start at [waybill.socketio.wire.ScriptTest].
@NullMarked
package waybill.socketio.wire;

import org.jspecify.annotations.NullMarked;
