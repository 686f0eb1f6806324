package waybill.socketio;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import waybill.socketio.netty.AddressQuota;

/// How much clients of one address may have. An IPv6 address counts by the first 64 bits, which is what one
/// network has.
///
/// @param sessionsPerMinute sessions that may begin in a minute, and at once; 0 for any
/// @param sessionsMax sessions that may be open; 0 for any
/// @param connectionsMax TCP connections that a peer may have open; 0 for any
/// @param exempt whether clients of an address may have any, such as those on this machine; called with the
///     request's headers by their names, and for a TCP connection with none
public record AddressLimits(int sessionsPerMinute, int sessionsMax, int connectionsMax, Exemption exempt) {

    /// Says whether no limit holds for the clients of an address.
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

    public AddressLimits {
        AddressQuota.requireValid(sessionsPerMinute, sessionsMax, connectionsMax);
    }

    AddressQuota quota() {
        return new AddressQuota(
                sessionsPerMinute,
                sessionsMax,
                connectionsMax,
                (address, headers) -> exempt.isExempt(address, headers::firstValue));
    }
}
