package waybill.socketio.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.engine.Timing;
import waybill.socketio.engine.TransportKind;
import waybill.socketio.packet.StringCache;

/// An Engine.IO v4 server: listens by itself, or joins the pipelines of another server and shares its port.
public final class EngineServer {

    static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);

    private static final int ID_BYTES = 15; // 20 characters of base64

    private final EngineSettings config;
    private final Timing timing;
    private final WebSocketDecoderConfig plainFrames;
    private final WebSocketDecoderConfig extendedFrames;
    private final EngineListener listener;
    private final SecureRandom random;
    private final StringCache handshakeTexts = new StringCache();
    private final TrafficCounter traffic = new TrafficCounter();
    private final UnjoinedMemory memory;
    private final OutboxMemory outboxMemory;
    private final ConnectionAdmission admission;
    private final EngineRequestHandler requestHandler;
    private final String keepAliveHeader;
    private final Map<String, EngineSocket> sockets = new ConcurrentHashMap<>();
    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private @Nullable EventLoopGroup ownLoops;
    private volatile boolean closing;

    public EngineServer(EngineSettings config, EngineListener listener) {
        this.config = config;
        this.random = config.environment().random();
        this.timing = config.timing();
        this.plainFrames = frameConfig(false);
        this.extendedFrames = frameConfig(true);
        this.listener = listener;
        this.memory = new UnjoinedMemory(config.unjoinedMemoryMax());
        this.outboxMemory = new OutboxMemory(config.outboxMemoryMax());
        this.admission = new ConnectionAdmission(config, random);
        this.requestHandler = new EngineRequestHandler(this);
        this.keepAliveHeader = "timeout=" + config.keepAliveTimeout().toSeconds();
    }

    public EngineSettings config() {
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

    OutboxMemory outboxMemory() {
        return outboxMemory;
    }

    /// The value of a `Keep-Alive` header.
    String keepAliveHeader() {
        return keepAliveHeader;
    }

    ConnectionAdmission admission() {
        return admission;
    }

    /// Handles the requests of all connections.
    EngineRequestHandler requestHandler() {
        return requestHandler;
    }

    void reportError(ReportedError error) {
        config.hooks().onConnectionError().accept(error);
    }

    OpeningRequest handshakeOf(HttpExchange exchange) {
        var request = exchange.request();
        var remote = remoteAddress(exchange.ctx().channel(), request);
        return new OpeningRequest(request, remote, handshakeTexts);
    }

    private @Nullable InetAddress remoteAddress(Channel channel, HttpRequest request) {
        return config.remoteAddress().of(channel, request.headers()::getAll).orElse(null);
    }

    String addressOf(Channel channel, HttpRequest request) {
        var remote = remoteAddress(channel, request);
        return remote == null ? "" : remote.getHostAddress();
    }

    String addressOf(Channel channel) {
        return AddressSource.peer(channel).map(InetAddress::getHostAddress).orElse("");
    }

    /// Null when a session may begin, which counts for its address until it ends.
    @Nullable
    LimitRejection admitSession(OpeningRequest request) {
        return closing ? admission.tooMany("Closing") : admission.admitSession(request, sockets.size());
    }

    /// The headers of the application for the answer to a handshake, and the cookie.
    Map<String, String> initialHeaders(String id, OpeningRequest request) {
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

    /// Listens on an address, with event loops of its own, and returns the bound address. Blocks until it is
    /// bound.
    public synchronized InetSocketAddress listen(InetSocketAddress address) {
        var loops = ownLoops;
        if (loops == null) {
            var factory = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
            loops = new MultiThreadIoEventLoopGroup(config.loops(), factory);
            ownLoops = loops;
        }
        var bound = EnginePipeline.bind(this, loops, address);
        listening.add(bound);
        return (InetSocketAddress) bound.localAddress();
    }

    /// Joins a pipeline behind the HTTP codec, or behind the last handler that belongs to it. The handlers behind
    /// get the requests that are not for the engine.
    ///
    /// @throws IllegalStateException where a handler in front answers for the engine: one that negotiates
    /// WebSocket
    ///     extensions, which the engine does itself, or one that sends `100 Continue`, which would be sent twice
    public void attach(ChannelPipeline pipeline, String behind) {
        EnginePipeline.requireNoConflict(pipeline, behind);
        pipeline.addAfter(behind, "engine", new EngineHttpHandler(this));
    }

    /// The handlers behind the engine's do not keep so many bytes of a request's body.
    public static void onBodyConsumed(ChannelPipeline pipeline, int bytes) {
        var handler = pipeline.get(EngineHttpHandler.class);
        if (handler != null) {
            handler.onBodyConsumed(bytes);
        }
    }

    /// How many connections are open.
    public int connectionCount() {
        return sockets.size();
    }

    /// How many of them poll.
    public int pollingCount() {
        return (int) sockets.values().stream()
                .filter(socket -> socket.transport() == TransportKind.POLLING)
                .count();
    }

    public TrafficCounter traffic() {
        return traffic;
    }

    @Nullable
    EngineSocket socket(String id) {
        return sockets.get(id);
    }

    /// Begins a session that polls; null where it has no place in the memory.
    @Nullable
    EngineSocket open(String id, OpeningRequest request, EventLoop loop) {
        var socket = new EngineSocket(this, id, request, loop, TransportKind.POLLING);
        if (!socket.memoryReservation().grow(request.sizeBytes())) {
            admission.sessionEnded(request);
            return null;
        }
        add(socket);
        socket.start(listener.onOpened(socket));
        return socket;
    }

    /// Begins a session on a WebSocket. Its first packet is sent before the listener is called.
    void open(String id, OpeningRequest request, WebSocketTransport transport) {
        var loop = transport.ctx().channel().eventLoop();
        var socket = new EngineSocket(this, id, request, loop, TransportKind.WEBSOCKET);
        if (!socket.memoryReservation().grow(request.sizeBytes())) {
            admission.sessionEnded(request);
            reportError(LimitRejection.MEMORY.error(request.address()));
            transport.closeWith(WebSocketCloseStatus.TRY_AGAIN_LATER.code());
            return;
        }
        add(socket);
        socket.openWebSocket(transport);
        socket.start(listener.onOpened(socket));
    }

    private void add(EngineSocket socket) {
        sockets.put(socket.id(), socket);
        traffic.onOpened();
    }

    void removeSocket(EngineSocket socket) {
        if (sockets.remove(socket.id(), socket)) {
            traffic.onClosed();
            admission.sessionEnded(socket.request());
        }
    }

    /// An id that cannot be guessed.
    public String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String handshakeJson(String id, TransportKind transport) {
        var upgrades = transport == TransportKind.POLLING && config.allowsUpgrades() ? "\"websocket\"" : "";
        return "{\"sid\":\"" + id + "\",\"upgrades\":[" + upgrades + "],\"pingInterval\":" + timing.pingIntervalMs()
                + ",\"pingTimeout\":" + timing.pingTimeoutMs() + ",\"maxPayload\":" + config.maxHttpBufferSize() + "}";
    }

    public boolean isClosing() {
        return closing;
    }

    /// Stops: accepts no new connections, closes the open ones, spread over `spread` so that their clients do not
    /// all reconnect at once, and stops its own event loops.
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
        } catch (RejectedExecutionException _) { // a loop of another server, stopped before this one
            removeSocket(socket);
            done.complete(null);
        }
        return done;
    }
}
