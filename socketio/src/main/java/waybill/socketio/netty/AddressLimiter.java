package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Counts what each address has and refuses what goes beyond its [AddressQuota]. A monitor, called once for each
/// session and each TCP connection.
final class AddressLimiter {

    /// Addresses that are kept though they have nothing open. Beyond that the least recently seen one is evicted.
    static final int IDLE_ADDRESSES_MAX = 10_000;

    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long LIMIT_RETRY_MS = 10_000;

    /// By how much longer than needed a client waits at most, so that not all come back at once.
    private static final int JITTER_MS = 2_000;

    /// An IPv4 address, or the network of an IPv6 address.
    private record Network(long bits, boolean v6) {

        static Network of(InetAddress address) {
            var bytes = ByteBuffer.wrap(address.getAddress());
            return address instanceof Inet6Address
                    ? new Network(bytes.getLong(), true)
                    : new Network(bytes.getInt(), false);
        }
    }

    private static final class Usage {
        private int sessions;
        private int connections;
        private long spentUntilNs = Long.MIN_VALUE; // the budget of new sessions is whole again then

        boolean isIdle() {
            return sessions == 0 && connections == 0;
        }
    }

    private final AddressQuota limits;
    private final RandomGenerator random;
    private final Map<Network, Usage> busy = new HashMap<>();
    private final LinkedHashMap<Network, Usage> idle = new LinkedHashMap<>();

    AddressLimiter(AddressQuota limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    /// Whether no limit holds.
    boolean isExempt(InetAddress address, AddressQuota.RequestHeaders headers) {
        return limits.exempt().isExempt(address, headers);
    }

    /// Null when a session may begin, which then counts until [#sessionEnded].
    @Nullable
    synchronized LimitRejection admitSession(InetAddress address, long nowNs) {
        var network = Network.of(address);
        var usage = usageOf(network);
        var denial = findRejection(usage, address, nowNs);
        if (denial == null) {
            usage.sessions++;
        }
        put(network, usage);
        return denial;
    }

    private @Nullable LimitRejection findRejection(Usage usage, InetAddress address, long nowNs) {
        if (limits.sessionsMax() > 0 && usage.sessions >= limits.sessionsMax()) {
            return tooMany(
                    "sessions: " + usage.sessions + " are open from " + address.getHostAddress()
                            + " (expected: at most " + limits.sessionsMax() + ")",
                    LIMIT_RETRY_MS);
        }
        if (limits.sessionsPerMinute() == 0) {
            return null;
        }
        long intervalNs = MINUTE_NS / limits.sessionsPerMinute();
        long spentNs = usage.spentUntilNs == Long.MIN_VALUE ? 0 : Math.max(0, usage.spentUntilNs - nowNs);
        long waitNs = spentNs + intervalNs - MINUTE_NS;
        if (waitNs > 0) {
            return tooMany(
                    "sessions: too many begin from " + address.getHostAddress() + " (expected: at most "
                            + limits.sessionsPerMinute() + " in a minute)",
                    TimeUnit.NANOSECONDS.toMillis(waitNs) + 1);
        }
        usage.spentUntilNs = nowNs + spentNs + intervalNs;
        return null;
    }

    private LimitRejection tooMany(String message, long retryAfterMs) {
        return LimitRejection.tooMany(
                HttpResponseStatus.TOO_MANY_REQUESTS, message, retryAfterMs + random.nextInt(JITTER_MS));
    }

    synchronized void sessionEnded(InetAddress address) {
        var network = Network.of(address);
        var usage = usageOf(network);
        usage.sessions = Math.max(0, usage.sessions - 1);
        put(network, usage);
    }

    /// Null when a TCP connection may stay. It counts, wanted or not, until [#connectionEnded].
    @Nullable
    synchronized LimitRejection admitConnection(InetAddress peer) {
        var network = Network.of(peer);
        var usage = usageOf(network);
        usage.connections++;
        put(network, usage);
        return limits.connectionsMax() > 0 && usage.connections > limits.connectionsMax()
                ? tooMany(
                        "connections: too many from " + peer.getHostAddress() + " (expected: at most "
                                + limits.connectionsMax() + ")",
                        LIMIT_RETRY_MS)
                : null;
    }

    synchronized void connectionEnded(InetAddress peer) {
        var network = Network.of(peer);
        var usage = usageOf(network);
        usage.connections = Math.max(0, usage.connections - 1);
        put(network, usage);
    }

    private Usage usageOf(Network network) {
        var open = busy.get(network);
        if (open != null) {
            return open;
        }
        var known = idle.remove(network);
        return known == null ? new Usage() : known;
    }

    private void put(Network network, Usage usage) {
        if (!usage.isIdle()) {
            busy.put(network, usage);
            return;
        }
        busy.remove(network);
        idle.putLast(network, usage);
        if (idle.size() > IDLE_ADDRESSES_MAX) {
            idle.pollFirstEntry();
        }
    }

    /// How many addresses are kept.
    synchronized int size() {
        return busy.size() + idle.size();
    }
}
