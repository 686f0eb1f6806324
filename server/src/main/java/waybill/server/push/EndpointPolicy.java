package waybill.server.push;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which endpoints of Web Push the hub sends to. A user names them, so those that reach into the hub's own network are
/// not among them.
///
/// @param permitsPrivate whether a push service may be in a private network, and without TLS
public record EndpointPolicy(boolean permitsPrivate) {

    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int SHARED_FIRST = 100;
    private static final int SHARED_SECOND = 64;
    private static final int SHARED_MASK = 0xc0;

    /// What is wrong with an endpoint, if anything, by its text alone.
    public Optional<String> complaint(URI endpoint) {
        var scheme = endpoint.getScheme();
        var host = endpoint.getHost();
        if (host == null || !("https".equals(scheme) || (permitsPrivate && "http".equals(scheme)))) {
            return Optional.of("not an https URL with a host (expected: that of a push service)");
        }
        if (endpoint.getRawUserInfo() != null) {
            return Optional.of("with a user (expected: the URL of a push service)");
        }
        var name = host.toLowerCase(Locale.ROOT);
        var isLocalName = name.equals("localhost") || name.endsWith(".localhost") || name.endsWith(".local");
        var isAddress = name.startsWith("[") || name.matches("[0-9.]+");
        return !permitsPrivate && (isLocalName || (isAddress && isPrivate(name)))
                ? Optional.of(host + " is in a private network (expected: a push service)")
                : Optional.empty();
    }

    /// Whether the hub may send to it now, by the addresses of its name. Blocks on the name service.
    public boolean permits(URI endpoint) {
        return complaint(endpoint).isEmpty() && (permitsPrivate || !isPrivate(endpoint.getHost()));
    }

    private static boolean isPrivate(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).anyMatch(EndpointPolicy::isPrivate);
        } catch (UnknownHostException _) {
            return false; // the request fails, and is retried
        }
    }

    private static boolean isPrivate(InetAddress address) {
        var bytes = address.getAddress();
        var isUniqueLocal = bytes.length > Integer.BYTES && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        var isShared =
                bytes.length == Integer.BYTES && bytes[0] == SHARED_FIRST && (bytes[1] & SHARED_MASK) == SHARED_SECOND;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isUniqueLocal
                || isShared;
    }
}
