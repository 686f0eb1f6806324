package waybill.socketio.netty;

import java.net.InetAddress;
import java.util.function.Predicate;

/// How much clients of one address may have. An IPv6 address counts by the first 64 bits, which is what one network
/// has.
///
/// @param sessionsPerMinute sessions that may begin in a minute, and at once; 0 for any
/// @param sessionsMax sessions that may be open; 0 for any
/// @param connectionsMax TCP connections that a peer may have open; 0 for any
/// @param exempt addresses that may have any, such as those of proxies that cannot name their clients
public record AddressLimits(int sessionsPerMinute, int sessionsMax, int connectionsMax, Predicate<InetAddress> exempt) {

    public AddressLimits {
        if (sessionsPerMinute < 0 || sessionsMax < 0 || connectionsMax < 0) {
            throw new IllegalArgumentException("address limits: " + sessionsPerMinute + ", " + sessionsMax + ", "
                    + connectionsMax + " (expected: at least 0)");
        }
    }

    /// No limits.
    public static AddressLimits none() {
        return new AddressLimits(0, 0, 0, _ -> true);
    }
}
