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
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.Session.Transport;
import waybill.socketio.engine.Timing;

/// An Engine.IO v4 server: listens by itself, or stands in the pipelines of another server and shares its port.
public final class EngineServer {

    static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);

    /// The longest request line, and all headers of a request together: a token of 16 KB fits.
    private static final int HEAD_CHUNK_MAX = 20 * 1024;

    /// TCP connections, over those that are sessions: a client that polls has two or three.
    private static final int CONNECTIONS_PER_SESSION = 3;

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
    private final StringCache handshakeTexts = new StringCache();
    private final UnjoinedMemory memory;
    private final AddressLimiter addresses;
    private final AtomicInteger connections = new AtomicInteger();
    private final String keepAliveHeader;
    private final Map<String, EngineSocket> sockets = new ConcurrentHashMap<>();
    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private @Nullable EventLoopGroup ownLoops;
    private volatile boolean closing;

    public EngineServer(EngineConfig config, EngineListener listener) {
        this.config = config;
        this.timing = config.timing();
        this.plainFrames = frameConfig(false);
        this.extendedFrames = frameConfig(true);
        this.listener = listener;
        this.memory = new UnjoinedMemory(config.unjoinedMemoryMax());
        this.addresses = new AddressLimiter(config.addressLimits(), random);
        this.keepAliveHeader = "timeout=" + config.keepAliveTimeout().toSeconds();
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

    private WebSocketDecoderConfig frameConfig(boolean extensions) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(config.maxHttpBufferSize())
                .allowExtensions(extensions)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    UnjoinedMemory unjoinedMemory() {
        return memory;
    }

    /// The value of a `Keep-Alive` header.
    String keepAliveHeader() {
        return keepAliveHeader;
    }

    void reportError(ConnectionError error) {
        config.hooks().onConnectionError().accept(error);
    }

    /// A TCP connection is there. It is counted until it is closed; not null where there are too many.
    @Nullable
    LimitRejection admitConnection(Channel channel) {
        var peer = RemoteAddress.peer(channel)
                .filter(address -> !addresses.isExempt(address, _ -> null))
                .orElse(null);
        var denial = peer == null ? null : addresses.admitConnection(peer);
        long connectionsMax = (long) config.connectionsMax() * CONNECTIONS_PER_SESSION;
        boolean crowded = connections.incrementAndGet() > connectionsMax;
        channel.closeFuture().addListener(_ -> {
            connections.decrementAndGet();
            if (peer != null) {
                addresses.connectionEnded(peer);
            }
        });
        return crowded ? tooMany("connections: too many") : denial;
    }

    private LimitRejection tooMany(String what) {
        long retryAfterMs = TimeUnit.SECONDS.toMillis(random.nextInt(RETRY_AFTER_MIN_S, RETRY_AFTER_MAX_S + 1));
        return LimitRejection.tooMany(HttpResponseStatus.SERVICE_UNAVAILABLE, what, retryAfterMs);
    }

    HandshakeRequest handshakeOf(HttpExchange exchange) {
        var request = exchange.request();
        var remote = remoteAddress(exchange.ctx().channel(), request);
        return new HandshakeRequest(request, remote, handshakeTexts);
    }

    private @Nullable InetAddress remoteAddress(Channel channel, HttpRequest request) {
        return config.remoteAddress().of(channel, request.headers()::getAll).orElse(null);
    }

    String addressOf(Channel channel, HttpRequest request) {
        var remote = remoteAddress(channel, request);
        return remote == null ? "" : remote.getHostAddress();
    }

    String addressOf(Channel channel) {
        return RemoteAddress.peer(channel).map(InetAddress::getHostAddress).orElse("");
    }

    /// Null when a session may begin, which counts for its address until [#sessionEnded].
    @Nullable
    LimitRejection admitSession(HandshakeRequest request) {
        if (closing) {
            return tooMany("Closing");
        }
        if (sockets.size() >= config.connectionsMax()) {
            return tooMany("Too many connections");
        }
        var remote = request.remoteAddress().orElse(null);
        if (remote == null || addresses.isExempt(remote, request::header)) {
            return null;
        }
        var denial = addresses.admitSession(remote, System.nanoTime());
        request.countsForAddress(denial == null);
        return denial;
    }

    /// The session is over, or did not begin.
    void sessionEnded(HandshakeRequest request) {
        if (request.countsForAddress()) {
            request.countsForAddress(false);
            request.remoteAddress().ifPresent(addresses::sessionEnded);
        }
    }

    /// The headers of the application for the answer to a handshake, and the cookie.
    Map<String, String> initialHeaders(String id, HandshakeRequest request) {
        var headers = config.hooks().headersFor(request, true);
        if (config.cookie().isEmpty()) {
            return headers;
        }
        var all = new LinkedHashMap<>(headers);
        all.put("Set-Cookie", config.cookie() + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
        return all;
    }

    String newSessionId() {
        var generate = config.hooks().generateId();
        var id = generate == null ? newId() : generate.get();
        return sockets.containsKey(id) ? newId() : id;
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
                        var codec = new HttpServerCodec(new HttpDecoderConfig()
                                .setMaxInitialLineLength(HEAD_CHUNK_MAX)
                                .setMaxHeaderSize(HEAD_CHUNK_MAX));
                        channel.pipeline()
                                .addLast(codec, new EngineHttpHandler(EngineServer.this), new NotFoundHandler());
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
    ///
    /// @throws IllegalStateException where a handler in front answers for the engine: one that negotiates WebSocket
    ///     extensions would promise the client what the engine does not do, and one that says `100 Continue` would
    /// say
    ///     it a second time
    public void attach(ChannelPipeline pipeline, String behind) {
        for (var entry : pipeline) {
            if (entry.getValue() instanceof WebSocketServerExtensionHandler
                    || entry.getValue() instanceof HttpServerExpectContinueHandler) {
                throw new IllegalStateException("pipeline: " + entry.getKey() + ", a "
                        + entry.getValue().getClass().getSimpleName()
                        + ", stands in front of the engine (expected: none; the engine negotiates permessage-deflate"
                        + " itself, with withPerMessageDeflate, and answers Expect: 100-continue)");
            }
            if (entry.getKey().equals(behind)) {
                break;
            }
        }
        pipeline.addAfter(behind, "engine-gate", new EngineHttpHandler(this));
    }

    /// How many connections are open.
    public int connectionCount() {
        return sockets.size();
    }

    @Nullable
    EngineSocket socket(String id) {
        return sockets.get(id);
    }

    /// Begins a session that polls; null where it has no place in the memory.
    @Nullable
    EngineSocket open(String id, HandshakeRequest request, EventLoop loop) {
        var socket = new EngineSocket(this, id, request, loop, Transport.POLLING);
        if (!socket.memoryReservation().grow(request.sizeBytes())) {
            sessionEnded(request);
            return null;
        }
        sockets.put(id, socket);
        socket.start(listener.onOpened(socket));
        return socket;
    }

    /// Begins a session on a WebSocket. Its first packet is out before the listener hears of it.
    void open(String id, HandshakeRequest request, WebSocketTransport transport) {
        var loop = transport.ctx().channel().eventLoop();
        var socket = new EngineSocket(this, id, request, loop, Transport.WEBSOCKET);
        if (!socket.memoryReservation().grow(request.sizeBytes())) {
            sessionEnded(request);
            reportError(LimitRejection.MEMORY.error(request.address()));
            transport.closeWith(WebSocketCloseStatus.TRY_AGAIN_LATER.code());
            return;
        }
        sockets.put(id, socket);
        socket.openWebSocket(transport);
        socket.start(listener.onOpened(socket));
    }

    void removeSocket(EngineSocket socket) {
        if (sockets.remove(socket.id(), socket)) {
            sessionEnded(socket.request());
        }
    }

    /// A name that nobody can guess.
    public String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String handshakeJson(String id, Transport transport) {
        var upgrades = transport == Transport.POLLING && config.allowsUpgrades() ? "\"websocket\"" : "";
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
            removeSocket(socket);
            done.complete(null);
        }
        return done;
    }
}
