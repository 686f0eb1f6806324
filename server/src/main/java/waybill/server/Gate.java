package waybill.server;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import waybill.socketio.SocketServer;

/// Lets the Socket.IO server share the port of the HTTP server: stands it in the pipeline of each connection,
/// in front of Vert.x's own handler and behind its HTTP codec.
///
/// This is the one place that looks behind Vert.x's public interface. If a new version of Vert.x breaks it, it breaks
/// here.
final class Gate {

    private final SocketServer sockets;

    Gate(SocketServer sockets) {
        this.sockets = sockets;
    }

    /// For [io.vertx.core.http.HttpServer#connectionHandler].
    void admit(HttpConnection connection) {
        var vertx = contextOf(connection);
        var names = vertx.pipeline().names();
        sockets.attach(vertx.pipeline(), names.get(names.indexOf(vertx.name()) - 1));
    }

    static ChannelHandlerContext contextOf(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext();
    }
}
