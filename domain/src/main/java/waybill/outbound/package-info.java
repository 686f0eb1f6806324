/// Jobs that tell other systems and people of an event who have no socket: by webhook, by push, by e-mail.
///
/// A [waybill.outbound.OutboundJob] is written in the transaction of its event, leased by one node, and sent until
/// its receiver has it, rejects it for good, or the [waybill.outbound.RetrySchedule] ends. Values and ports only:
/// nothing here sends, or depends on the journal. Start at [waybill.outbound.OutboundJob].
@NullMarked
package waybill.outbound;

import org.jspecify.annotations.NullMarked;
