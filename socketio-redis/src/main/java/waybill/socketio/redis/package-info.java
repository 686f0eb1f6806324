/// Joins the servers of several nodes over Redis, in the format of `@socket.io/redis-adapter` 8: servers on Node.js
/// with that adapter and processes with `@socket.io/redis-emitter` share the rooms of this one.
///
/// Redis is not on the way of a node's own sockets. While it is away each node serves those alone, and what it
/// publishes is dropped and counted.
///
/// Start at [waybill.socketio.redis.RedisCluster].
package waybill.socketio.redis;
