/// Guaranteed delivery: what somebody must see waits here until they say that they have seen it.
///
/// There is one [waybill.mailbox.Queue] per store and topic. A letter enters it in the same transaction as the event it
/// tells of, and leaves it when its store says `received`, or when nobody has said so for a month. A pickup is for all
/// drivers: `received` hides it from one driver, and it leaves the queue once there is nothing to pick up any more. Who
/// listens to which queue is known only while they are connected, so [waybill.mailbox.Subscriptions] lives in memory.
///
/// Knows nothing of orders, sockets or SQL. Start at [waybill.mailbox.Mailboxes].
@NullMarked
package waybill.mailbox;

import org.jspecify.annotations.NullMarked;
