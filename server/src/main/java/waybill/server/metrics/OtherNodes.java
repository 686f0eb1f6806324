package waybill.server.metrics;

import java.time.Instant;

/// Whether this node reaches other nodes over Redis.
///
/// @param since since when that is so
/// @param dropped messages that could not be sent to them since the node started
/// @param known how many other nodes of the hub are known
public record OtherNodes(boolean connected, Instant since, long dropped, int known) {}
