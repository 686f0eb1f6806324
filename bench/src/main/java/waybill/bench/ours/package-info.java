/// Our own server for the load run: the same small tracking hub that the other servers are, on the engine.
///
/// Start at [waybill.bench.ours.TrackingServer].
@NullMarked
package waybill.bench.ours;

import org.jspecify.annotations.NullMarked;
