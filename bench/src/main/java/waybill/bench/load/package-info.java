/// The load generator: many Socket.IO clients on one thread, which count and time what they hear.
///
/// It speaks WebSocket by itself, with frames that are masked ahead of time and a parser that looks no
/// further than it must, so that on the same machine it is cheaper than any server it measures. It
/// knows the wire and the scenarios, and nothing of which server is on the other side.
///
/// Start at [waybill.bench.load.Generator], one run from connecting to figures; [waybill.bench.load.Scenario]
/// says who takes part.
@NullMarked
package waybill.bench.load;

import org.jspecify.annotations.NullMarked;
