/// The load generator: many Socket.IO clients on one thread, which count and time events.
///
/// It has its own WebSocket client with frames that are masked in advance and a minimal parser, so that it uses less
/// CPU than any server it measures. It depends on the protocol and the scenarios, not on the server.
///
/// Start at [waybill.bench.load.Generator], one run from connecting to results; [waybill.bench.load.Scenario] defines
/// the participants.
@NullMarked
package waybill.bench.load;

import org.jspecify.annotations.NullMarked;
