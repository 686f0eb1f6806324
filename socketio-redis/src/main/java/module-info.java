import org.jspecify.annotations.NullMarked;

/// Joins the servers of several nodes over Redis.
@NullMarked
module waybill.socketio.redis {
    requires static transitive org.jspecify;
    requires transitive waybill.socketio;
    requires io.netty.common;
    requires lettuce.core;
    requires org.slf4j;

    exports waybill.socketio.redis;
}
