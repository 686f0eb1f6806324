package waybill.socketio.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import waybill.socketio.SocketServer;

/// A server with two event loops and a port for each, so that a test chooses the loop of a connection.
final class TwoLoopServer implements AutoCloseable {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final SocketServer server;
    private final MultiThreadIoEventLoopGroup sessionLoop = group();
    private final MultiThreadIoEventLoopGroup otherLoop = group();
    private final int sessionPort;
    private final int otherPort;

    /// With `atOther` next to the network in each connection of the other loop.
    TwoLoopServer(SocketServer server, Supplier<ChannelHandler> atOther) {
        this.server = server;
        this.sessionPort = listen(sessionLoop, ChannelInboundHandlerAdapter::new);
        this.otherPort = listen(otherLoop, atOther);
    }

    private static MultiThreadIoEventLoopGroup group() {
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    private int listen(MultiThreadIoEventLoopGroup loop, Supplier<ChannelHandler> first) {
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(first.get()).addLast("http", new HttpServerCodec());
                        server.attach(channel.pipeline(), "http");
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    /// A session that polls, with its connection.
    record PollingSession(RawClient polls, String sid) implements AutoCloseable {

        RawClient.Response post(String payload) {
            return polls.post(POLLING + "&sid=" + sid, payload);
        }

        String webSocketTarget() {
            return ServerFixture.WEBSOCKET + "&sid=" + sid;
        }

        @Override
        public void close() {
            polls.close();
        }
    }

    /// A session on the session loop.
    PollingSession openSession() {
        var polls = RawClient.connect(sessionPort);
        var open = polls.get(POLLING).body();
        return new PollingSession(polls, open.substring(open.indexOf(":\"") + 2, open.indexOf("\",")));
    }

    /// A WebSocket for the session, on the loop of that.
    RawClient openOnSessionLoop(PollingSession session) {
        return RawClient.openWebSocket(sessionPort, session.webSocketTarget());
    }

    /// A WebSocket for the session, on the other loop.
    RawClient openOnOtherLoop(PollingSession session) {
        return RawClient.openWebSocket(otherPort, session.webSocketTarget());
    }

    @Override
    public void close() {
        server.close(Duration.ZERO);
        sessionLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        otherLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
