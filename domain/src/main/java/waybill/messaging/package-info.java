/// Guaranteed delivery: a message waits here until its recipient has acknowledged it.
///
/// There is one [waybill.messaging.Queue] per store and topic. A message enters it in the transaction of its event, and
/// leaves it when the store emits `received`, or after a month. A pickup is for all drivers: `received` hides it from
/// one driver, and it leaves the queue once it is obsolete. [waybill.messaging.QueueSubscriptions] lasts only while
/// sockets are connected, so it is in memory.
///
/// The queues of parcels are a consumer of orders like any other: orders know nothing of them. Does not depend on
/// sockets or SQL. Start at [waybill.messaging.MessageQueues].
@NullMarked
package waybill.messaging;

import org.jspecify.annotations.NullMarked;
