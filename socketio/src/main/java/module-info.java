import org.jspecify.annotations.NullMarked;

/// A Socket.IO v4 server engine on Netty. Knows nothing of deliveries.
@NullMarked
module waybill.socketio {
    requires static transitive org.jspecify;
    requires transitive io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.compression;
    requires io.netty.codec.http;
    requires transitive io.netty.common;
    requires io.netty.handler;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires org.slf4j;

    exports waybill.socketio;
    exports waybill.socketio.adapter;
}
