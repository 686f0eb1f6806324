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
import waybill.socketio.engine.TransportKind;

/// The settings of the Engine.IO server, described where an application sets them: in `waybill.socketio.EngineConfig`.
/// Immutable; each `with` gives a changed copy.
public final class EngineSettings {

    private String path = "/socket.io/";
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private int maxHttpBufferSize = 1_000_000;
    private Set<TransportKind> transports = Set.of(TransportKind.POLLING, TransportKind.WEBSOCKET);
    private boolean allowUpgrades = true;
    private int perMessageDeflateThreshold = -1;
    private OriginPolicy origins = OriginPolicy.any();
    private EngineHooks hooks = EngineHooks.none();
    private AddressSource remoteAddress = AddressSource.ofPeer();
    private String cookie = "";
    private AddressQuota addressLimits = AddressQuota.none();
    private Duration keepAliveTimeout = Duration.ofSeconds(75);
    private EngineLimits limits = EngineLimits.DEFAULTS;
    private EngineEnvironment environment = EngineEnvironment.ofMachine();
    private int loops = Runtime.getRuntime().availableProcessors();

    private EngineSettings() {}

    private EngineSettings(EngineSettings from) {
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

    public static EngineSettings defaults() {
        return new EngineSettings();
    }

    private interface EngineChange {
        void apply(EngineSettings config);
    }

    private EngineSettings with(EngineChange change) {
        var changed = new EngineSettings(this);
        change.apply(changed);
        return changed;
    }

    public EngineSettings withPath(String value) {
        var slashed = (value.startsWith("/") ? "" : "/") + value + (value.endsWith("/") ? "" : "/");
        return with(c -> c.path = slashed);
    }

    public EngineSettings withPingInterval(Duration value) {
        return with(c -> c.pingInterval = value);
    }

    public EngineSettings withPingTimeout(Duration value) {
        return with(c -> c.pingTimeout = value);
    }

    public EngineSettings withUpgradeTimeout(Duration value) {
        return with(c -> c.upgradeTimeout = value);
    }

    public EngineSettings withRequestTimeout(Duration value) {
        return with(c -> c.requestTimeout = value);
    }

    public EngineSettings withKeepAliveTimeout(Duration value) {
        return with(c -> c.keepAliveTimeout = value);
    }

    public EngineSettings withMaxHttpBufferSize(int value) {
        return with(c -> c.maxHttpBufferSize = EngineLimits.requirePositive("maxHttpBufferSize", value));
    }

    public EngineSettings withEnvironment(EngineEnvironment value) {
        return with(c -> c.environment = value);
    }

    public EngineSettings withTransports(Set<TransportKind> value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("transports: none (expected: POLLING, WEBSOCKET or both)");
        }
        return with(c -> c.transports = Set.copyOf(value));
    }

    public EngineSettings withAllowUpgrades(boolean value) {
        return with(c -> c.allowUpgrades = value);
    }

    public EngineSettings withPerMessageDeflate(int thresholdBytes) {
        return with(c -> c.perMessageDeflateThreshold = EngineLimits.requirePositive("thresholdBytes", thresholdBytes));
    }

    public EngineSettings withOrigins(OriginPolicy value) {
        return with(c -> c.origins = value);
    }

    public EngineSettings withAllowRequest(Function<OpeningRequest, Optional<String>> value) {
        return withAllowRequestAsync(request -> CompletableFuture.completedFuture(value.apply(request)));
    }

    public EngineSettings withAllowRequestAsync(
            Function<OpeningRequest, ? extends CompletionStage<Optional<String>>> value) {
        return with(c -> c.hooks = hooks.withAllowRequest(value));
    }

    public EngineSettings withInitialHeaders(BiConsumer<Map<String, String>, OpeningRequest> value) {
        return with(c -> c.hooks = hooks.withInitialHeaders(value));
    }

    public EngineSettings withHeaders(BiConsumer<Map<String, String>, OpeningRequest> value) {
        return with(c -> c.hooks = hooks.withHeaders(value));
    }

    public EngineSettings withOnConnectionError(Consumer<ReportedError> value) {
        return with(c -> c.hooks = hooks.andOnConnectionError(value));
    }

    public EngineSettings withGenerateId(Supplier<String> value) {
        return with(c -> c.hooks = hooks.withGenerateId(value));
    }

    public EngineSettings withCookie(String name) {
        return with(c -> c.cookie = name);
    }

    public EngineSettings withAddressLimits(AddressQuota value) {
        return with(c -> c.addressLimits = value);
    }

    public EngineSettings withUnjoined(int messageMax, long memoryMax) {
        return with(c -> c.limits = limits.withUnjoined(messageMax, memoryMax));
    }

    public EngineSettings withRemoteAddress(AddressSource value) {
        return with(c -> c.remoteAddress = value);
    }

    public EngineSettings withOutbox(int framesMax, long bytesMax) {
        return with(c -> c.limits = limits.withOutbox(framesMax, bytesMax));
    }

    public EngineSettings withOutboxMemory(long max) {
        return with(c -> c.limits = limits.withOutboxMemory(max));
    }

    public EngineSettings withConnectionsMax(int value) {
        return with(c -> c.limits = limits.withConnectionsMax(value));
    }

    public EngineSettings withLoops(int value) {
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

    public boolean allows(TransportKind transport) {
        return transports.contains(transport);
    }

    /// Whether a polling client is offered the upgrade to WebSocket.
    public boolean allowsUpgrades() {
        return allowUpgrades && transports.contains(TransportKind.WEBSOCKET);
    }

    public boolean isCompressing() {
        return perMessageDeflateThreshold > 0;
    }

    public int perMessageDeflateThreshold() {
        return perMessageDeflateThreshold;
    }

    public OriginPolicy origins() {
        return origins;
    }

    EngineHooks hooks() {
        return hooks;
    }

    String cookie() {
        return cookie;
    }

    public AddressQuota addressLimits() {
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

    public AddressSource remoteAddress() {
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
