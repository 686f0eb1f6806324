package waybill.server.metrics;

import java.time.Instant;

/// Whether this node reaches the sockets of other nodes over Redis.
///
/// @param since since when that is so
/// @param dropped messages that could not be sent to them since the node started
public record OtherNodes(boolean connected, Instant since, long dropped) {}
