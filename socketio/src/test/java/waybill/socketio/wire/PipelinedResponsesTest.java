package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// The engine in front of another handler, with requests for both on one connection.
class PipelinedResponsesTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private final SocketServer server = new SocketServer(Config.defaults());

    PipelinedResponsesTest() {
        server.of("/");
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
    }

    /// A handler behind the engine's responds at any time; both kinds of answers must leave in the order of their
    /// requests.
    @Test
    void pipelinedResponsesKeepTheOrderOfRequests() throws InterruptedException {
        var waiting = new LinkedBlockingQueue<ChannelHandlerContext>();
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (var peer = RawClient.connect(sharedPort(loops, waiting))) {
            peer.sendRequest("GET", "/slow", "");
            peer.sendRequest("GET", POLLING, "");
            peer.sendRequest("GET", "/slow", "");
            respond(waiting, "first");
            respond(waiting, "third");
            assertThat(peer.readResponse().body()).isEqualTo("first");
            var at = POLLING + "&sid=" + peer.readResponse().body().replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(peer.readResponse().body()).isEqualTo("third");
            peer.sendRequest("POST", at, "40");
            peer.sendRequest("GET", at, "");
            assertThat(peer.readResponse().body()).isEqualTo("ok");
            assertThat(peer.readResponse().body()).startsWith("40{");
            peer.sendRequest("GET", at, ""); // waits until something is emitted
            peer.sendRequest("GET", "/slow", "");
            assertThat(waiting).as("a request behind a poll that waits").isEmpty();
            server.emit("news");
            assertThat(peer.readResponse().body()).isEqualTo("42[\"news\"]");
            respond(waiting, "last");
            assertThat(peer.readResponse().body()).isEqualTo("last");
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private int sharedPort(MultiThreadIoEventLoopGroup loops, LinkedBlockingQueue<ChannelHandlerContext> waiting) {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast("http", new HttpServerCodec());
                        channel.pipeline().addLast(new SimpleChannelInboundHandler<HttpObject>() {
                            @Override
                            protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
                                if (message instanceof HttpRequest) {
                                    waiting.add(ctx);
                                }
                            }
                        });
                        server.attach(channel.pipeline(), "http");
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    private static void respond(LinkedBlockingQueue<ChannelHandlerContext> waiting, String text)
            throws InterruptedException {
        var ctx = waiting.poll(RawClient.TIMEOUT_MS, TimeUnit.MILLISECONDS);
        assertThat(ctx).as("a request for the handlers behind").isNotNull();
        var body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().setInt("content-length", text.length());
        Objects.requireNonNull(ctx).writeAndFlush(response);
    }
}
