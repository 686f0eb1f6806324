package waybill.hub.outbound;

import waybill.journal.AppendListener;
import waybill.outbound.Channel;
import waybill.outbound.RetrySchedule;

/// A channel that is configured.
///
/// @param routing adds the jobs of an event in its transaction; none when it has no target
public record OutboundChannel(
        Channel channel, AppendListener routing, JobSender sender, RetrySchedule schedule, JobLimits limits) {}
