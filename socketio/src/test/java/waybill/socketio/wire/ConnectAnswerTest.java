package waybill.socketio.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// The answer to CONNECT and what is sent right behind it. A client that awaits its messages one by one begins to
/// await the second when it has handled the first, and misses a second one that is read together with the first.
class ConnectAnswerTest {

    private static final long DELAY_MS = 10;

    private record Flush(String text, long atNs) {}

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SocketServer server = new SocketServer(Config.defaults());
    private final List<Flush> flushes = new CopyOnWriteArrayList<>();
    private final int port = listen();

    @BeforeEach
    void emitOnConnection() {
        server.of("/").onConnection(socket -> {
            socket.emit("one");
            server.emit("two");
            socket.emit("three");
        });
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void onAWebSocketTheEventsFollowAfterADelayInTheirOrder() {
        try (var peer = RawClient.openWebSocket(port, ServerFixture.WEBSOCKET)) {
            assertThat(peer.readFrame().text()).startsWith("0{");
            peer.sendText("40");
            assertThat(peer.readFrame().text()).startsWith("40{");
            for (var event : List.of("one", "two", "three")) {
                assertThat(peer.readFrame().text()).isEqualTo("42[\"" + event + "\"]");
            }
        }
        var answer = flushes.stream()
                .filter(flush -> flush.text().contains("40{"))
                .findFirst()
                .orElseThrow();
        var events = flushes.get(flushes.indexOf(answer) + 1);
        assertThat(answer.text()).doesNotContain("42[");
        assertThat(events.text()).contains("42[\"one\"]", "42[\"two\"]", "42[\"three\"]");
        assertThat(events.atNs() - answer.atNs()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(DELAY_MS));
    }

    @Test
    void aPollTakesTheAnswerTogetherWithTheEvents() {
        try (var peer = RawClient.connect(port)) {
            var polling = "/socket.io/?EIO=4&transport=polling";
            var open = peer.get(polling).body();
            var session = polling + "&sid=" + open.substring(open.indexOf(":\"") + 2, open.indexOf("\","));
            peer.post(session, "40");
            assertThat(peer.get(session).body())
                    .startsWith("40{")
                    .endsWith("\u001e42[\"one\"]\u001e42[\"two\"]\u001e42[\"three\"]");
        }
    }

    @Test
    void theDelayEndsWithThePassWhereNoEventFollows() {
        var drained = new CompletableFuture<Boolean>();
        server.of("/silent")
                .onConnection(socket -> socket.loop()
                        .execute(() -> drained.complete(
                                socket.whenDrained().toCompletableFuture().isDone())));
        try (var peer = RawClient.openWebSocket(port, ServerFixture.WEBSOCKET)) {
            assertThat(peer.readFrame().text()).startsWith("0{");
            peer.sendText("40/silent,");
            assertThat(drained).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        }
    }

    private int listen() {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new FlushRecorder()).addLast("http", new HttpServerCodec());
                        server.attach(channel.pipeline(), "http");
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    /// Notes what each flush of a connection hands to the network, unless that is nothing.
    private final class FlushRecorder extends ChannelOutboundHandlerAdapter {

        private final StringBuilder written = new StringBuilder();

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf bytes) {
                written.append(bytes.toString(ISO_8859_1));
            }
            ctx.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            if (!written.isEmpty()) {
                flushes.add(new Flush(written.toString(), System.nanoTime()));
                written.setLength(0);
            }
            ctx.flush();
        }
    }
}
