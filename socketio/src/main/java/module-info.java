import org.jspecify.annotations.NullMarked;

/// A Socket.IO v4 server engine on Netty. Knows nothing of deliveries.
@NullMarked
module waybill.socketio {
    requires static org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.slf4j;
}
