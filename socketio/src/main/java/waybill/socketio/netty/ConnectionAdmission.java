package waybill.socketio.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Admits TCP connections and sessions as far as the limits of the server and of their addresses allow.
/// Thread-safe.
final class ConnectionAdmission {

    /// TCP connections, over those that are sessions: a client that polls has two or three.
    private static final int CONNECTIONS_PER_SESSION = 3;

    private static final int RETRY_AFTER_MIN_S = 5;
    private static final int RETRY_AFTER_MAX_S = 15;

    private final int sessionsMax;
    private final AddressLimiter addresses;
    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final AtomicInteger connections = new AtomicInteger();

    ConnectionAdmission(EngineSettings config, SecureRandom random) {
        this.sessionsMax = config.connectionsMax();
        this.addresses = new AddressLimiter(config.addressLimits(), random);
        this.random = random;
        this.nanoTime = config.environment().nanoTime();
    }

    /// A TCP connection was accepted. It is counted until it is closed; not null where there are too many.
    @Nullable
    LimitRejection admitConnection(Channel channel) {
        var peer = AddressSource.peer(channel)
                .filter(address -> !addresses.isExempt(address, _ -> null))
                .orElse(null);
        var denial = peer == null ? null : addresses.admitConnection(peer);
        long connectionsMax = (long) sessionsMax * CONNECTIONS_PER_SESSION;
        boolean tooMany = connections.incrementAndGet() > connectionsMax;
        channel.closeFuture().addListener(_ -> {
            connections.decrementAndGet();
            if (peer != null) {
                addresses.connectionEnded(peer);
            }
        });
        return tooMany ? tooMany("connections: too many") : denial;
    }

    /// Null when a session may begin beside the `sessions` that are open, which counts for its address until
    /// [#sessionEnded].
    @Nullable
    LimitRejection admitSession(OpeningRequest request, int sessions) {
        if (sessions >= sessionsMax) {
            return tooMany("Too many connections");
        }
        var remote = request.remoteAddress().orElse(null);
        if (remote == null || addresses.isExempt(remote, request::header)) {
            return null;
        }
        var denial = addresses.admitSession(remote, nanoTime.getAsLong());
        request.countsForAddress(denial == null);
        return denial;
    }

    /// The session is over, or did not begin.
    void sessionEnded(OpeningRequest request) {
        if (request.countsForAddress()) {
            request.countsForAddress(false);
            request.remoteAddress().ifPresent(addresses::sessionEnded);
        }
    }

    LimitRejection tooMany(String what) {
        long retryAfterMs = TimeUnit.SECONDS.toMillis(random.nextInt(RETRY_AFTER_MIN_S, RETRY_AFTER_MAX_S + 1));
        return LimitRejection.tooMany(HttpResponseStatus.SERVICE_UNAVAILABLE, what, retryAfterMs);
    }
}
