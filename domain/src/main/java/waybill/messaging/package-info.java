/// Guaranteed delivery: a message waits here until its recipient has acknowledged it.
///
/// There is one [waybill.messaging.Queue] per store and topic. A message enters it in the transaction of the event
/// that it is about, and leaves it when its store emits `received`, or after a month. A pickup is for all drivers:
/// `received` hides it from one driver, and it leaves the queue once there is nothing to pick up any more. The
/// sockets that subscribe to a queue are known only while they are connected, so [waybill.messaging.Subscriptions]
/// lives in memory.
///
/// Knows nothing of orders, sockets or SQL. Start at [waybill.messaging.MessageQueues].
@NullMarked
package waybill.messaging;

import org.jspecify.annotations.NullMarked;
