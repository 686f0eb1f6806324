/// Watches every test for buffers that were not released: what Netty's leak detector reports fails the test class
/// in which it came to light.
///
/// Start at [waybill.socketio.leak.LeakCheckExtension].
@NullMarked
package waybill.socketio.leak;

import org.jspecify.annotations.NullMarked;
