package waybill.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.TrustedProxies;
import waybill.socketio.RemoteAddress;
import waybill.socketio.SocketServer;

/// Shares the port of the HTTP server with the Socket.IO server: adds it to the pipeline of each connection, in
/// front of Vert.x's own handler and behind its HTTP codec.
///
/// This is the only class that depends on internals of Vert.x. If a new version of Vert.x changes them, it fails
/// here.
final class SocketIoAttachment {

    /// Adds the engine to a pipeline, behind one of its handlers: [waybill.socketio.SocketServer#attach].
    @FunctionalInterface
    interface Attachment {
        void attach(ChannelPipeline pipeline, String behind);
    }

    private final Attachment engine;
    private final TrustedProxies proxies;

    SocketIoAttachment(Attachment engine, TrustedProxies proxies) {
        this.engine = engine;
        this.proxies = proxies;
    }

    /// For [io.vertx.core.http.HttpServer#connectionHandler].
    void attach(HttpConnection connection) {
        var vertx = contextOf(connection);
        if (proxies.proxyProtocol()
                && RemoteAddress.peer(vertx.channel()).filter(proxies::trusts).isPresent()) {
            vertx.pipeline().addFirst(new ProxyHeaderDecoder());
        }
        var names = vertx.pipeline().names();
        engine.attach(vertx.pipeline(), names.get(names.indexOf(vertx.name()) - 1));
    }

    /// The address of a client: its peer, or the one that a trusted proxy forwards for.
    static Optional<InetAddress> clientAddress(
            TrustedProxies proxies, Channel channel, Function<String, List<String>> headers) {
        return ProxyHeaderDecoder.source(channel)
                .or(() -> RemoteAddress.peer(channel))
                .map(peer -> proxies.client(peer, headers.apply("x-forwarded-for")));
    }

    /// The same for a request over HTTP.
    static ClientAddress clientAddress(TrustedProxies proxies, HttpServerRequest request) {
        return clientAddress(proxies, contextOf(request.connection()).channel(), request.headers()::getAll)
                .map(client -> proxies.clientAddress(client, request::getHeader))
                .orElseGet(() -> new ClientAddress("", true));
    }

    /// Limits what the operating system holds for a client that reads slowly. The connection stays so limited.
    static void limitSendBuffer(HttpServerRequest request, int bytes) {
        contextOf(request.connection()).channel().config().setOption(ChannelOption.SO_SNDBUF, bytes);
    }

    /// Tells the engine how many bytes of the request's body the hub does not keep any more.
    static void consumed(HttpServerRequest request, int bytes) {
        SocketServer.onBodyConsumed(contextOf(request.connection()).pipeline(), bytes);
    }

    static ChannelHandlerContext contextOf(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext();
    }
}
