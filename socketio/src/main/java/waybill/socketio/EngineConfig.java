package waybill.socketio;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import waybill.socketio.netty.EngineEnvironment;
import waybill.socketio.netty.EngineSettings;

/// What can be set of the transports under a [SocketServer]: of the Engine.IO server. Immutable; each `with` gives a
/// changed copy.
public final class EngineConfig {

    private final EngineSettings settings;

    private EngineConfig(EngineSettings settings) {
        this.settings = settings;
    }

    public static EngineConfig defaults() {
        return new EngineConfig(EngineSettings.defaults());
    }

    EngineSettings settings() {
        return settings;
    }

    /// Where the server answers, `/socket.io/` by default. A slash at either end may be left out.
    public EngineConfig withPath(String value) {
        return new EngineConfig(settings.withPath(value));
    }

    /// How often the client is sent a ping; 25 s by default.
    public EngineConfig withPingInterval(Duration value) {
        return new EngineConfig(settings.withPingInterval(value));
    }

    /// How long it may take to send the pong; 20 s by default.
    public EngineConfig withPingTimeout(Duration value) {
        return new EngineConfig(settings.withPingTimeout(value));
    }

    /// How long an upgrade from polling may take; 10 s by default.
    public EngineConfig withUpgradeTimeout(Duration value) {
        return new EngineConfig(settings.withUpgradeTimeout(value));
    }

    /// How long a request may take to arrive, with its body, and how long a client may read nothing of an answer;
    /// 30 s by default. Holds for the handlers behind the server, too.
    public EngineConfig withRequestTimeout(Duration value) {
        return new EngineConfig(settings.withRequestTimeout(value));
    }

    /// How long an HTTP connection may wait for its next request, 75 s by default; sent to the client as
    /// `Keep-Alive: timeout`. Longer than a proxy in front keeps its connections, or the proxy sends a request
    /// into one that is being closed.
    public EngineConfig withKeepAliveTimeout(Duration value) {
        return new EngineConfig(settings.withKeepAliveTimeout(value));
    }

    /// The largest message or polling body that is taken, in bytes; 1,000,000 by default. A larger message closes
    /// its WebSocket with 1009, a larger body is answered 413.
    public EngineConfig withMaxHttpBufferSize(int value) {
        return new EngineConfig(settings.withMaxHttpBufferSize(value));
    }

    /// Where the server takes its time and its randomness from: those of this machine by default.
    ///
    /// @param nanoTime counts the time of limits and of sessions that may be recovered; timers of connections run
    ///     by the tickers of their event loops
    /// @param random the randomness of ids and of times to retry
    public EngineConfig withEnvironment(LongSupplier nanoTime, SecureRandom random) {
        return new EngineConfig(settings.withEnvironment(new EngineEnvironment(nanoTime, random)));
    }

    /// Both by default.
    public EngineConfig withTransports(Set<Transport> value) {
        return new EngineConfig(
                settings.withTransports(value.stream().map(Transport::kind).collect(Collectors.toSet())));
    }

    /// Whether a polling client is offered the upgrade to WebSocket; it is by default.
    public EngineConfig withAllowUpgrades(boolean value) {
        return new EngineConfig(settings.withAllowUpgrades(value));
    }

    /// Compresses WebSocket texts of at least so many bytes for clients that can; off by default.
    public EngineConfig withPerMessageDeflate(int thresholdBytes) {
        return new EngineConfig(settings.withPerMessageDeflate(thresholdBytes));
    }

    /// Which web origins may connect; any by default, none of them with credentials.
    public EngineConfig withOrigins(Origins value) {
        return new EngineConfig(settings.withOrigins(value.policy()));
    }

    /// Called for every handshake; a text rejects it, with that text. Runs on the event loop and must not block.
    public EngineConfig withAllowRequest(Function<HandshakeRequest, Optional<String>> value) {
        return new EngineConfig(settings.withAllowRequest(request -> value.apply(new HandshakeRequest(request))));
    }

    /// The same, where the answer takes time.
    public EngineConfig withAllowRequestAsync(
            Function<HandshakeRequest, ? extends CompletionStage<Optional<String>>> value) {
        return new EngineConfig(settings.withAllowRequestAsync(request -> value.apply(new HandshakeRequest(request))));
    }

    /// Adds headers to the answer to a handshake. On the event loop, as the next ones.
    public EngineConfig withInitialHeaders(BiConsumer<Map<String, String>, HandshakeRequest> value) {
        return new EngineConfig(settings.withInitialHeaders(
                (headers, request) -> value.accept(headers, new HandshakeRequest(request))));
    }

    /// Adds headers to the answer to a handshake, to an upgrade, and to every poll.
    public EngineConfig withHeaders(BiConsumer<Map<String, String>, HandshakeRequest> value) {
        return new EngineConfig(
                settings.withHeaders((headers, request) -> value.accept(headers, new HandshakeRequest(request))));
    }

    /// Called for each request that is rejected and each connection that is closed because of its client, beside
    /// handlers that were given before.
    public EngineConfig withOnConnectionError(Consumer<ConnectionError> value) {
        return new EngineConfig(settings.withOnConnectionError(error -> value.accept(ConnectionError.of(error))));
    }

    /// Generates the ids of sessions, which must not be guessable; random ones by default.
    public EngineConfig withGenerateId(Supplier<String> value) {
        return new EngineConfig(settings.withGenerateId(value));
    }

    /// Names the cookie with which a handshake is answered, so that a load balancer can find the node of a
    /// session. None by default.
    public EngineConfig withCookie(String name) {
        return new EngineConfig(settings.withCookie(name));
    }

    /// How much clients of one address may have; any by default.
    public EngineConfig withAddressLimits(AddressLimits value) {
        return new EngineConfig(settings.withAddressLimits(value.quota()));
    }

    /// The largest message that is taken from a connection which has joined no namespace, in bytes, and what all
    /// of these connections may hold together; 64 KiB and 64 MiB by default.
    public EngineConfig withUnjoined(int messageMax, long memoryMax) {
        return new EngineConfig(settings.withUnjoined(messageMax, memoryMax));
    }

    /// How the address of a client is found, the peer of its TCP connection by default. A server behind proxies
    /// reads it from a header that they, and they alone, are trusted to set.
    public EngineConfig withRemoteAddress(RemoteAddress value) {
        return new EngineConfig(settings.withRemoteAddress(value::of));
    }

    /// How much the outbox of a slow client may hold: messages, and bytes of reliable messages. A client with
    /// more is disconnected.
    public EngineConfig withOutbox(int framesMax, long bytesMax) {
        return new EngineConfig(settings.withOutbox(framesMax, bytesMax));
    }

    /// How much the outboxes of all slow clients may hold together, in bytes; 256 MiB by default. Over that, the
    /// clients with the most are disconnected.
    public EngineConfig withOutboxMemory(long max) {
        return new EngineConfig(settings.withOutboxMemory(max));
    }

    /// How many connections may be open; 100,000 by default. One more is answered 503 with a `Retry-After`,
    /// before anything is allocated for it. Event loops that admit a connection at the same moment may each
    /// exceed the limit by one.
    public EngineConfig withConnectionsMax(int value) {
        return new EngineConfig(settings.withConnectionsMax(value));
    }

    /// How many event loops a server that listens by itself has; as many as processors by default.
    public EngineConfig withLoops(int value) {
        return new EngineConfig(settings.withLoops(value));
    }
}
