package waybill.server.identity;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Handshake;

/// The proxies whose `X-Forwarded-For` or PROXY protocol is trusted. The headers of other peers are ignored, so
/// that no client chooses the address that limits count.
///
/// @param proxyProtocol whether connections of these proxies may begin with the PROXY protocol
public record TrustedProxies(List<IpNetwork> networks, boolean proxyProtocol) {

    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    /// Addresses of one `X-Forwarded-For` that are read, from the right.
    private static final int HOPS_MAX = 32;

    /// The headers that only a proxy sends.
    private static final List<String> FORWARDING = List.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-server",
            "x-forwarded-by",
            "x-forwarded-prefix",
            "x-forwarded-scheme",
            "x-forwarded-ssl");

    public TrustedProxies {
        networks = List.copyOf(networks);
        if (proxyProtocol && networks.isEmpty()) {
            throw new IllegalArgumentException(
                    "proxy-protocol: given (expected: together with the addresses of the proxies, --trusted-proxy)");
        }
    }

    /// Parses the addresses.
    ///
    /// @param networks addresses and networks, such as `10.0.0.0/8`
    public static TrustedProxies of(List<String> networks, boolean proxyProtocol) {
        return new TrustedProxies(networks.stream().map(IpNetwork::parse).toList(), proxyProtocol);
    }

    public boolean trusts(InetAddress address) {
        for (var network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /// The address of the client whose request `peer` sent: the last one in `X-Forwarded-For` that is not a trusted
    /// proxy. The client may have written the addresses in front of it.
    ///
    /// @param forwardedFor the values of that header, in their order
    public InetAddress client(InetAddress peer, List<String> forwardedFor) {
        var client = peer;
        if (!trusts(client)) {
            return client;
        }
        var hops = List.of(String.join(",", forwardedFor).split(",", -1)).reversed();
        for (var hop = 0; hop < Math.min(hops.size(), HOPS_MAX) && trusts(client); hop++) {
            var before = address(hops.get(hop).strip());
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
        }
        return client;
    }

    /// Some proxies add the port.
    private static Optional<InetAddress> address(String text) {
        var literal = text;
        if (text.startsWith("[") && text.contains("]")) {
            literal = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            literal = text.substring(0, text.indexOf(':'));
        }
        return literal(literal);
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The client of a request. It is on the local machine only if no header shows a proxy on this machine that
    /// forwards for it.
    ///
    /// @param client as [#client] has found it
    /// @param header the request's headers by their names, null if absent
    public ClientAddress clientAddress(InetAddress client, UnaryOperator<@Nullable String> header) {
        var isLocal = LoopbackAddresses.contains(client.getHostAddress())
                && !trusts(client)
                && forwardingHeader(header).isEmpty();
        return ClientAddress.of(client, isLocal);
    }

    public ClientAddress clientAddress(Handshake handshake) {
        return literal(handshake.address())
                .map(client -> clientAddress(client, handshake::header))
                .orElseGet(() -> new ClientAddress(
                        handshake.address(), handshake.address().isEmpty()));
    }

    /// The reason against a request to a hub in development mode, which accepts claimed identities: a proxy
    /// forwards it, so its client may be anywhere.
    public static Optional<String> forwardedRequestError(UnaryOperator<@Nullable String> header) {
        return forwardingHeader(header)
                .map(name ->
                        name + ": given (expected: no request that a proxy passes on, because in development mode the"
                                + " hub accepts the identity that clients claim; to run behind a proxy, configure authentication by"
                                + " WAYBILL_JWT_SECRET, --jwt-secret-file or --jwks-url)");
    }

    /// The name of a header that only a proxy sends.
    private static Optional<String> forwardingHeader(UnaryOperator<@Nullable String> header) {
        for (var name : FORWARDING) {
            if (header.apply(name) != null) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
