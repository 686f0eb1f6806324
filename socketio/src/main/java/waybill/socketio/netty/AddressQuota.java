package waybill.socketio.netty;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// How much clients of one address may have; 0 of anything is without a limit. An IPv6 address counts by the first 64
/// bits, which is what one network has.
public record AddressQuota(int sessionsPerMinute, int sessionsMax, int connectionsMax, Exemption exempt) {

    public AddressQuota {
        requireValid(sessionsPerMinute, sessionsMax, connectionsMax);
    }

    public static void requireValid(int sessionsPerMinute, int sessionsMax, int connectionsMax) {
        if (sessionsPerMinute < 0 || sessionsMax < 0 || connectionsMax < 0) {
            throw new IllegalArgumentException("address limits: " + sessionsPerMinute + ", " + sessionsMax + ", "
                    + connectionsMax + " (expected: at least 0)");
        }
    }

    /// Decides whether no limit holds for the clients of an address.
    @FunctionalInterface
    public interface Exemption {

        boolean isExempt(InetAddress address, RequestHeaders headers);
    }

    /// The headers of a request.
    @FunctionalInterface
    public interface RequestHeaders {

        /// The first of that name; null where there is none.
        @Nullable
        String firstValue(String name);
    }

    /// No limits.
    public static AddressQuota none() {
        return new AddressQuota(0, 0, 0, (_, _) -> true);
    }
}
