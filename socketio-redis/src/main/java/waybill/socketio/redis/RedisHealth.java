package waybill.socketio.redis;

import java.time.Instant;

/// Whether this node reaches the others.
///
/// @param connected whether it publishes to Redis and hears what others publish
/// @param since since when that is so
/// @param dropped how many messages were not sent to the other nodes, since the node started
public record RedisHealth(boolean connected, Instant since, long dropped) {}
