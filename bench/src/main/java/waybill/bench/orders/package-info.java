/// The order commands alone: the use case on a store with real fsync, without sockets and without HTTP. Start at
/// [OrderRun]; [JobRun] measures the webhooks of the orders.
@NullMarked
package waybill.bench.orders;

import org.jspecify.annotations.NullMarked;
