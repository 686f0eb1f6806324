/// Our own servers for the load run: the hub as it is, with the orders of a scenario, and beside it the same small
/// tracking server that the peers are, on our engine alone, to show what the hub costs on top of it.
///
/// Start at [waybill.bench.server.HubServer].
@NullMarked
package waybill.bench.server;

import org.jspecify.annotations.NullMarked;
