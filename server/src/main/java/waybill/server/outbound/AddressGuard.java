package waybill.server.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which servers the hub may send requests to that others have named: those of the public internet. The others of its
/// own network trust the hub, and would be reached through it.
///
/// @param isHttpAllowed whether a server may be without TLS
/// @param isPrivateAllowed whether it may be in a private network
public record AddressGuard(boolean isHttpAllowed, boolean isPrivateAllowed) {

    private static final int URL_MAX = 2_000;

    /// Names that lead to this machine, or that no public DNS has.
    private static final List<String> LOCAL_NAMES =
            List.of("localhost", "local", "internal", "localdomain", "home.arpa");

    /// For servers that the operator names, for tests and for development.
    public static AddressGuard anywhere() {
        return new AddressGuard(true, true);
    }

    /// What is wrong with an address, by its text alone; empty if nothing is. DNS is asked only when something is sent,
    /// since its answer may change.
    public Optional<String> problem(String url) {
        if (url.length() > URL_MAX) {
            return Optional.of(url.length() + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException _) {
            return Optional.of("not a URL");
        }
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        var isHttp = scheme.equals("http") && isHttpAllowed;
        if (!scheme.equals("https") && !isHttp) {
            return Optional.of("not https");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            return Optional.of(uri.getHost() == null ? "without a host" : "with a user or a fragment");
        }
        return isPrivateName(uri.getHost())
                ? Optional.of(uri.getHost() + " is in a private network")
                : Optional.empty();
    }

    private boolean isPrivateName(String host) {
        if (isPrivateAllowed) {
            return false;
        }
        var name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return PublicAddress.parse(host)
                        .filter(address -> !PublicAddress.isPublic(address))
                        .isPresent()
                || LOCAL_NAMES.stream().anyMatch(local -> name.equals(local) || name.endsWith("." + local))
                || isNumeric(name);
    }

    /// A number in place of an address, which some resolvers take: `2130706433`, `0x7f.1`.
    private static boolean isNumeric(String name) {
        var last = name.substring(name.lastIndexOf('.') + 1);
        return PublicAddress.parse(name).isEmpty() && (last.matches("\\d+") || last.matches("0x[0-9a-f]*"));
    }

    /// Whether the hub may connect to an address that DNS has given.
    boolean allows(InetAddress address) {
        return isPrivateAllowed || PublicAddress.isPublic(address);
    }
}
