package waybill.socketio.netty;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import waybill.socketio.engine.Timing;
import waybill.socketio.engine.Transport;

/// What can be set of the Engine.IO server. Immutable; each `with` gives a changed copy.
public final class EngineConfig {

    private String path = "/socket.io/";
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private int maxHttpBufferSize = 1_000_000;
    private Set<Transport> transports = Set.of(Transport.POLLING, Transport.WEBSOCKET);
    private boolean allowUpgrades = true;
    private int perMessageDeflateThreshold = -1;
    private Origins origins = Origins.any();
    private EngineHooks hooks = EngineHooks.none();
    private RemoteAddress remoteAddress = RemoteAddress.ofPeer();
    private String cookie = "";
    private AddressLimits addressLimits = AddressLimits.none();
    private Duration keepAliveTimeout = Duration.ofSeconds(75);
    private EngineLimits limits = EngineLimits.DEFAULTS;
    private EngineEnvironment environment = EngineEnvironment.ofMachine();
    private int loops = Runtime.getRuntime().availableProcessors();

    private EngineConfig() {}

    private EngineConfig(EngineConfig from) {
        path = from.path;
        pingInterval = from.pingInterval;
        pingTimeout = from.pingTimeout;
        upgradeTimeout = from.upgradeTimeout;
        requestTimeout = from.requestTimeout;
        maxHttpBufferSize = from.maxHttpBufferSize;
        transports = from.transports;
        allowUpgrades = from.allowUpgrades;
        perMessageDeflateThreshold = from.perMessageDeflateThreshold;
        origins = from.origins;
        hooks = from.hooks;
        cookie = from.cookie;
        addressLimits = from.addressLimits;
        keepAliveTimeout = from.keepAliveTimeout;
        remoteAddress = from.remoteAddress;
        limits = from.limits;
        environment = from.environment;
        loops = from.loops;
    }

    public static EngineConfig defaults() {
        return new EngineConfig();
    }

    private interface EngineChange {
        void apply(EngineConfig config);
    }

    private EngineConfig with(EngineChange change) {
        var changed = new EngineConfig(this);
        change.apply(changed);
        return changed;
    }

    /// Where the server answers, `/socket.io/` by default. A slash at either end may be left out.
    public EngineConfig withPath(String value) {
        var slashed = (value.startsWith("/") ? "" : "/") + value + (value.endsWith("/") ? "" : "/");
        return with(c -> c.path = slashed);
    }

    /// How often the client is sent a ping; 25 s by default.
    public EngineConfig withPingInterval(Duration value) {
        return with(c -> c.pingInterval = value);
    }

    /// How long it may take to send the pong; 20 s by default.
    public EngineConfig withPingTimeout(Duration value) {
        return with(c -> c.pingTimeout = value);
    }

    /// How long an upgrade from polling may take; 10 s by default.
    public EngineConfig withUpgradeTimeout(Duration value) {
        return with(c -> c.upgradeTimeout = value);
    }

    /// How long a request may take to arrive, with its body, and how long a client may read nothing of an answer;
    /// 30 s by default. Holds for the handlers behind the server, too.
    public EngineConfig withRequestTimeout(Duration value) {
        return with(c -> c.requestTimeout = value);
    }

    /// How long an HTTP connection may wait for its next request, 75 s by default; sent to the client as
    /// `Keep-Alive: timeout`. Longer than a proxy in front keeps its connections, or the proxy sends a request
    /// into one that is being closed.
    public EngineConfig withKeepAliveTimeout(Duration value) {
        return with(c -> c.keepAliveTimeout = value);
    }

    /// The largest message or polling body that is taken, in bytes; 1,000,000 by default. A larger message closes
    /// its WebSocket with 1009, a larger body is answered 413.
    public EngineConfig withMaxHttpBufferSize(int value) {
        return with(c -> c.maxHttpBufferSize = EngineLimits.requirePositive("maxHttpBufferSize", value));
    }

    /// That of this machine by default.
    public EngineConfig withEnvironment(EngineEnvironment value) {
        return with(c -> c.environment = value);
    }

    public EngineConfig withTransports(Set<Transport> value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("transports: none (expected: POLLING, WEBSOCKET or both)");
        }
        return with(c -> c.transports = Set.copyOf(value));
    }

    public EngineConfig withAllowUpgrades(boolean value) {
        return with(c -> c.allowUpgrades = value);
    }

    /// Compresses WebSocket texts of at least so many bytes for clients that can; off by default.
    public EngineConfig withPerMessageDeflate(int thresholdBytes) {
        return with(c -> c.perMessageDeflateThreshold = EngineLimits.requirePositive("thresholdBytes", thresholdBytes));
    }

    /// Which web origins may connect; any by default, none of them with credentials.
    public EngineConfig withOrigins(Origins value) {
        return with(c -> c.origins = value);
    }

    /// Called for every handshake; a text rejects it, with that text. Runs on the event loop and must not block.
    public EngineConfig withAllowRequest(Function<HandshakeRequest, Optional<String>> value) {
        return withAllowRequestAsync(request -> CompletableFuture.completedFuture(value.apply(request)));
    }

    /// The same, where the answer takes time.
    public EngineConfig withAllowRequestAsync(
            Function<HandshakeRequest, ? extends CompletionStage<Optional<String>>> value) {
        return with(c -> c.hooks = hooks.withAllowRequest(value));
    }

    /// Adds headers to the answer to a handshake. On the event loop, as the next ones.
    public EngineConfig withInitialHeaders(BiConsumer<Map<String, String>, HandshakeRequest> value) {
        return with(c -> c.hooks = hooks.withInitialHeaders(value));
    }

    /// Adds headers to the answer to a handshake, to an upgrade, and to every poll.
    public EngineConfig withHeaders(BiConsumer<Map<String, String>, HandshakeRequest> value) {
        return with(c -> c.hooks = hooks.withHeaders(value));
    }

    /// Called for each request that is rejected and each connection that is closed because of its client, beside
    /// handlers that were given before.
    public EngineConfig withOnConnectionError(Consumer<ConnectionError> value) {
        return with(c -> c.hooks = hooks.andOnConnectionError(value));
    }

    /// Generates the ids of sessions, which must not be guessable; random ones by default.
    public EngineConfig withGenerateId(Supplier<String> value) {
        return with(c -> c.hooks = hooks.withGenerateId(value));
    }

    /// Names the cookie with which a handshake is answered, so that a load balancer can find the node of a
    /// session. None by default.
    public EngineConfig withCookie(String name) {
        return with(c -> c.cookie = name);
    }

    /// How much clients of one address may have; any by default.
    public EngineConfig withAddressLimits(AddressLimits value) {
        return with(c -> c.addressLimits = value);
    }

    /// The largest message that is taken from a connection which has joined no namespace, in bytes, and what all
    /// of these connections may hold together; 64 KiB and 64 MiB by default.
    public EngineConfig withUnjoined(int messageMax, long memoryMax) {
        return with(c -> c.limits = limits.withUnjoined(messageMax, memoryMax));
    }

    /// How the address of a client is found, the peer of its TCP connection by default. A server behind proxies
    /// reads it from a header that they, and they alone, are trusted to set.
    public EngineConfig withRemoteAddress(RemoteAddress value) {
        return with(c -> c.remoteAddress = value);
    }

    /// How much the outbox of a slow client may hold: messages, and bytes of reliable messages. A client with
    /// more is disconnected.
    public EngineConfig withOutbox(int framesMax, long bytesMax) {
        return with(c -> c.limits = limits.withOutbox(framesMax, bytesMax));
    }

    /// How much the outboxes of all slow clients may hold together, in bytes; 256 MiB by default. Over that, the
    /// clients with the most are disconnected.
    public EngineConfig withOutboxMemory(long max) {
        return with(c -> c.limits = limits.withOutboxMemory(max));
    }

    /// How many connections may be open; 100,000 by default. One more is answered 503 with a `Retry-After`,
    /// before anything is allocated for it. Event loops that admit a connection at the same moment may each
    /// exceed the limit by one.
    public EngineConfig withConnectionsMax(int value) {
        return with(c -> c.limits = limits.withConnectionsMax(value));
    }

    /// How many event loops a server that listens by itself has; as many as processors by default.
    public EngineConfig withLoops(int value) {
        return with(c -> c.loops = EngineLimits.requirePositive("loops", value));
    }

    public String path() {
        return path;
    }

    public Timing timing() {
        return new Timing(pingInterval.toMillis(), pingTimeout.toMillis(), upgradeTimeout.toMillis());
    }

    public Duration requestTimeout() {
        return requestTimeout;
    }

    public int maxHttpBufferSize() {
        return maxHttpBufferSize;
    }

    public boolean allows(Transport transport) {
        return transports.contains(transport);
    }

    /// Whether a polling client is offered the upgrade to WebSocket.
    public boolean allowsUpgrades() {
        return allowUpgrades && transports.contains(Transport.WEBSOCKET);
    }

    public boolean isCompressing() {
        return perMessageDeflateThreshold > 0;
    }

    public int perMessageDeflateThreshold() {
        return perMessageDeflateThreshold;
    }

    public Origins origins() {
        return origins;
    }

    EngineHooks hooks() {
        return hooks;
    }

    String cookie() {
        return cookie;
    }

    public AddressLimits addressLimits() {
        return addressLimits;
    }

    /// Never more than a message may have at all.
    public int unjoinedMessageMax() {
        return Math.min(limits.unjoinedMessageMax(), maxHttpBufferSize);
    }

    public long unjoinedMemoryMax() {
        return limits.unjoinedMemoryMax();
    }

    public Duration keepAliveTimeout() {
        return keepAliveTimeout;
    }

    public RemoteAddress remoteAddress() {
        return remoteAddress;
    }

    public int outboxFramesMax() {
        return limits.outboxFramesMax();
    }

    public long outboxBytesMax() {
        return limits.outboxBytesMax();
    }

    public long outboxMemoryMax() {
        return limits.outboxMemoryMax();
    }

    public int connectionsMax() {
        return limits.connectionsMax();
    }

    public int loops() {
        return loops;
    }

    public EngineEnvironment environment() {
        return environment;
    }
}
