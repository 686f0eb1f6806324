/// Our own servers for the load run: the hub as it is, with the orders that a scenario is about, and beside it the same
/// small tracking server that the others are, on our engine alone, to tell what the hub costs on top of it.
///
/// Start at [waybill.bench.ours.HubServer].
@NullMarked
package waybill.bench.ours;

import org.jspecify.annotations.NullMarked;
