package waybill.server.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which addresses an endpoint may have.
///
/// @param config what the operator allows
public record WebhookAddress(WebhookConfig config) {

    private static final int URL_MAX = 2_000;

    /// Names that lead to this machine, or that no public DNS has.
    private static final List<String> LOCAL_NAMES =
            List.of("localhost", "local", "internal", "localdomain", "home.arpa");

    /// Why an address cannot be one of an endpoint: the field, what came and what was expected. Empty if it can. DNS is
    /// asked only when something is sent, since its answer may change.
    public Optional<String> problem(String url) {
        if (url.length() > URL_MAX) {
            return complaint(url.length() + " characters", "1.." + URL_MAX + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException _) {
            return complaint("not a URL", "one such as https://example.com/webhooks");
        }
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        var isHttp = scheme.equals("http") && config.isHttpAllowed();
        if (!scheme.equals("https") && !isHttp) {
            return complaint(scheme, config.isHttpAllowed() ? "https or http" : "https");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            return complaint(
                    uri.getHost() == null ? "no host" : "a user or a fragment",
                    "one such as https://example.com/webhooks");
        }
        return isPrivateName(uri.getHost())
                ? complaint("an address of a private network", "one of the public internet")
                : Optional.empty();
    }

    private boolean isPrivateName(String host) {
        if (config.isPrivateAllowed()) {
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
        return config.isPrivateAllowed() || PublicAddress.isPublic(address);
    }

    private static Optional<String> complaint(String came, String expected) {
        return Optional.of("url: " + came + " (expected: " + expected + ")");
    }
}
