/// Sends outbound jobs: [waybill.hub.outbound.JobRunner] leases those of one channel that are due, gives them to the
/// channel's [waybill.hub.outbound.JobSender], and stores what came of it. Start there.
@NullMarked
package waybill.hub.outbound;

import org.jspecify.annotations.NullMarked;
