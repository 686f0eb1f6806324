package waybill.socketio.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// The README's examples at work, with the official Java client on the other side.
class ExamplesTest {

    private static final long TIMEOUT_S = 30;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void closeAll() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void theChatAdmitsNamedUsersAndBroadcastsMessages() throws Exception {
        int port = listen(Chat.server());
        var kari = client(port, "/chat", Map.of("name", "kari"));
        kari.on("said", args -> received.add(Arrays.toString(args)));
        connect(kari);
        var ola = client(port, "/chat", Map.of("name", "ola"));
        connect(ola);
        assertThat(emitWithAck(ola, "say", "hello")).isEqualTo("[{\"ok\":true}]");
        assertThat(next()).isEqualTo("[ola, hello]");
    }

    @Test
    void theChatRejectsAnonymousUsers() throws Exception {
        int port = listen(Chat.server());
        var stranger = client(port, "/chat", Map.of());
        stranger.on(Socket.EVENT_CONNECT_ERROR, args -> received.add(String.valueOf(args[0])));
        stranger.connect();
        assertThat(next()).contains("name missing").contains("unauthenticated");
    }

    @Test
    void acksAreRequestedFromOneAndFromAll() throws Exception {
        var server = new SocketServer(Examples.config());
        var main = server.of("/");
        main.onConnection(socket -> {
            socket.join("drivers");
            Examples.ask(socket).thenAccept(received::add);
        });
        var driver = client(listen(server), "/", Map.of());
        driver.on("ready?", args -> ((Ack) args[args.length - 1]).call("as ever"));
        driver.on("free?", args -> ((Ack) args[args.length - 1]).call(true));
        connect(driver);
        assertThat(next()).isEqualTo("as ever");
        assertThat(Examples.askAll(main).toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS))
                .isEqualTo(1);
    }

    @Test
    void positionsAreBroadcastAndQueriesDoNotBlock() throws Exception {
        var server = new SocketServer(Config.defaults());
        var main = server.of("/");
        main.onConnection(socket -> socket.join("watchers"));
        Examples.positions(main);
        Examples.blocking(main, () -> Thread.currentThread().isVirtual());
        var watcher = client(listen(server), "/", Map.of());
        watcher.on("position", args -> received.add(String.valueOf(args[1])));
        connect(watcher);
        watcher.emit("position", 59.91);
        assertThat(next()).isEqualTo("59.91");
        assertThat(emitWithAck(watcher, "report")).isEqualTo("[true]");
    }

    @Test
    void anOrderIsARecord() throws Exception {
        var server = new SocketServer(Config.defaults());
        Examples.orders(server.of("/"));
        var store = client(listen(server), "/", Map.of());
        connect(store);
        var order = new JSONObject(
                "{\"id\":\"123e4567-e89b-12d3-a456-426614174000\",\"items\":[{\"name\":\"tea\",\"count\":2}]}");
        assertThat(emitWithAck(store, "order", order))
                .contains("\"ok\":true")
                .contains("\"items\":[{\"name\":\"tea\",\"count\":2}]");
    }

    @Test
    void anotherHttpServerSharesItsPort() throws Exception {
        var sockets = new SocketServer(Config.defaults());
        sockets.of("/");
        open.add(() -> sockets.close(Duration.ZERO));
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        open.add(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS));
        var address = (InetSocketAddress) new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(Examples.pipeline(sockets, ApplicationHandler::new))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel()
                .localAddress();
        assertThat(get(address.getPort(), "/hello")).isEqualTo("404 not for the engine: /hello");
        assertThat(get(address.getPort(), "/socket.io/?EIO=4&transport=polling"))
                .startsWith("200 0{\"sid\":");
        connect(client(address.getPort(), "/", Map.of()));
    }

    private int listen(SocketServer server) {
        open.add(() -> server.close(Duration.ZERO));
        return server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    private Socket client(int port, String namespace, Map<String, String> auth) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .build();
        var client = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options);
        open.add(client::close);
        return client;
    }

    private static void connect(Socket client) throws Exception {
        var connected = new CompletableFuture<@Nullable Void>();
        client.once(Socket.EVENT_CONNECT, _ -> connected.complete(null));
        client.once(
                Socket.EVENT_CONNECT_ERROR,
                args -> connected.completeExceptionally(new AssertionError(String.valueOf(args[0]))));
        client.connect();
        connected.get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    private static String emitWithAck(Socket client, String event, Object... args) throws Exception {
        var answered = new CompletableFuture<String>();
        client.emit(event, args, answer -> answered.complete(Arrays.toString(answer)));
        return answered.get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    private @Nullable String next() throws InterruptedException {
        return received.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }

    private static String get(int port, String path) throws Exception {
        var request = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        int status = request.getResponseCode();
        try (var body = status < 400 ? request.getInputStream() : request.getErrorStream()) {
            return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The rest of the HTTP server, which knows nothing.
    private static final class ApplicationHandler extends SimpleChannelInboundHandler<HttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpRequest request) {
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
            response.content().writeBytes(("not for the engine: " + request.uri()).getBytes(StandardCharsets.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            ctx.writeAndFlush(response);
        }
    }
}
