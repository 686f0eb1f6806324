package waybill.outbound;

import java.time.Instant;

/// A job is sent by the node that leases it. When the lease expires, any node may lease it again.
///
/// @param owner the name of the node
public record JobLease(String owner, Instant until) {}
