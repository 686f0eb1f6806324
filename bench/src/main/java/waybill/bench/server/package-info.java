/// This project's servers for the load run: the hub with the orders of a scenario, and a small tracking server like the
/// peers, on the engine alone, to show the additional cost of the hub.
///
/// Start at [waybill.bench.server.HubServer].
@NullMarked
package waybill.bench.server;

import org.jspecify.annotations.NullMarked;
