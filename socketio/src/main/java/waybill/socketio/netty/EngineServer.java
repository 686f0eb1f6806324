package waybill.socketio.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.Session.Transport;
import waybill.socketio.engine.Timing;

/// An Engine.IO v4 server: listens by itself, or stands in the pipelines of another server and shares its port.
public final class EngineServer {

    private static final int ID_BYTES = 15; // 20 characters of base64
    private static final int BACKLOG = 4096;
    private static final int RETRY_AFTER_MIN_S = 5;
    private static final int RETRY_AFTER_MAX_S = 15;

    private final EngineConfig config;
    private final Timing timing;
    private final WebSocketDecoderConfig plainFrames;
    private final WebSocketDecoderConfig extendedFrames;
    private final EngineListener listener;
    private final SecureRandom random = new SecureRandom();
    private final Recurring handshakeTexts = new Recurring();
    private final Map<String, EngineSocket> sockets = new ConcurrentHashMap<>();
    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private @Nullable EventLoopGroup ownLoops;
    private volatile boolean closing;

    public EngineServer(EngineConfig config, EngineListener listener) {
        this.config = config;
        this.timing = config.timing();
        this.plainFrames = frames(false);
        this.extendedFrames = frames(true);
        this.listener = listener;
    }

    public EngineConfig config() {
        return config;
    }

    Timing timing() {
        return timing;
    }

    /// How frames are read: one for all connections that have agreed on extensions, one for all others.
    WebSocketDecoderConfig decoderConfig(boolean extensions) {
        return extensions ? extendedFrames : plainFrames;
    }

    private WebSocketDecoderConfig frames(boolean extensions) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(config.maxHttpBufferSize())
                .allowExtensions(extensions)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    Recurring handshakeTexts() {
        return handshakeTexts;
    }

    ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    static long nowMs(EventExecutor loop) {
        return TimeUnit.NANOSECONDS.toMillis(loop.ticker().nanoTime());
    }

    /// Listens on an address, with event loops of its own, and tells the address that it got. Blocks until it does.
    public synchronized InetSocketAddress listen(InetSocketAddress address) {
        boolean epoll = Epoll.isAvailable();
        var loops = ownLoops;
        if (loops == null) {
            var factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
            loops = new MultiThreadIoEventLoopGroup(config.loops(), factory);
            ownLoops = loops;
        }
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new Gate(EngineServer.this), new NotFound());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
        listening.add(bound);
        return (InetSocketAddress) bound.localAddress();
    }

    /// Stands in a pipeline whose last handler so far is an HTTP codec or something that belongs to it. What comes
    /// behind gets the requests that are not for the engine.
    public void attach(ChannelPipeline pipeline, String behind) {
        pipeline.addAfter(behind, "engine-gate", new Gate(this));
    }

    /// How many connections are open.
    public int connections() {
        return sockets.size();
    }

    boolean isClosing() {
        return closing;
    }

    boolean isFull() {
        return sockets.size() >= config.connectionsMax();
    }

    /// When one who was refused may come again: not all in the same second.
    int retryAfterS() {
        return random.nextInt(RETRY_AFTER_MIN_S, RETRY_AFTER_MAX_S + 1);
    }

    @Nullable
    EngineSocket socket(String id) {
        return sockets.get(id);
    }

    EngineSocket open(HandshakeRequest request, EventLoop loop, Transport transport) {
        var socket = new EngineSocket(this, newId(), request, loop, transport);
        sockets.put(socket.id(), socket);
        socket.begin(listener.opened(socket));
        return socket;
    }

    void forget(EngineSocket socket) {
        sockets.remove(socket.id(), socket);
    }

    /// A name that nobody can guess.
    public String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String handshake(String id, Transport transport) {
        var upgrades = transport == Transport.POLLING && config.upgrades() ? "\"websocket\"" : "";
        return "{\"sid\":\"" + id + "\",\"upgrades\":[" + upgrades + "],\"pingInterval\":" + timing.pingIntervalMs()
                + ",\"pingTimeout\":" + timing.pingTimeoutMs() + ",\"maxPayload\":" + config.maxHttpBufferSize() + "}";
    }

    /// Stops: takes no new connections, closes those that there are, spread over `spread` so that their clients do
    /// not all come back at once, and stops the event loops that are its own.
    public CompletionStage<Void> close(Duration spread) {
        closing = true;
        listening.forEach(Channel::close);
        var gone = sockets.values().stream()
                .map(socket -> closeWithin(socket, spread))
                .toList();
        return CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new)).thenRun(() -> {
            var loops = ownLoops;
            if (loops != null) {
                loops.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS);
            }
        });
    }

    private CompletableFuture<Void> closeWithin(EngineSocket socket, Duration spread) {
        var done = new CompletableFuture<Void>();
        long delayMs = spread.isZero() ? 0 : random.nextLong(spread.toMillis());
        Runnable close = () -> socket.close(CloseReason.SERVER_SHUTTING_DOWN, () -> done.complete(null));
        try {
            socket.loop().schedule(close, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) { // a loop of someone else's, stopped before us
            forget(socket);
            done.complete(null);
        }
        return done;
    }
}
