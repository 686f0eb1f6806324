package waybill.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import waybill.server.rest.http.AllowedOrigins;
import waybill.socketio.Origins;

/// The web pages that may connect to the hub: those of this machine, those of the hub's own origin, and those on
/// the list.
record OriginAllowlist(Set<String> allowed) implements Predicate<String>, AllowedOrigins {

    private static final String ANY = "*";
    private static final String SUBDOMAINS = "://*.";
    private static final Pattern ORIGIN_PATTERN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(\\*\\.)?([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:\\d{1,5})?");
    private static final Pattern NAMES = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    OriginAllowlist {
        allowed = requireValid(allowed);
    }

    /// The configured origins in the spelling of browsers.
    static Set<String> requireValid(Set<String> origins) {
        var checked = new LinkedHashSet<String>();
        for (var origin : origins) {
            var plain = normalized(origin);
            if (!plain.equals(ANY) && !ORIGIN_PATTERN.matcher(plain).matches()) {
                throw new IllegalArgumentException(
                        "origin: " + origin + " (expected: scheme, host and port alone, such as"
                                + " https://shop.example or https://*.shop.example, or * for any)");
            }
            checked.add(plain);
        }
        return Set.copyOf(checked);
    }

    private static String normalized(String origin) {
        var lower = origin.strip().toLowerCase(Locale.ROOT);
        var bare = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        if (bare.startsWith("https://")) {
            return withoutSuffix(bare, ":443");
        }
        return bare.startsWith("http://") ? withoutSuffix(bare, ":80") : bare;
    }

    private static String withoutSuffix(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    @Override
    public boolean test(String origin) {
        return isAny() || allowed.contains(origin) || isLocal(origin) || isBelowAllowed(origin);
    }

    @Override
    public boolean allows(String origin, @Nullable String host) {
        return test(origin) || Origins.isOwn(origin, host);
    }

    /// If any page is allowed, none may send cookies.
    @Override
    public boolean isAny() {
        return allowed.contains(ANY);
    }

    private boolean isBelowAllowed(String origin) {
        for (var pattern : allowed) {
            int star = pattern.indexOf(SUBDOMAINS);
            if (star >= 0) {
                var scheme = pattern.substring(0, star + 3);
                var domain = pattern.substring(star + SUBDOMAINS.length() - 1);
                if (origin.length() > scheme.length() + domain.length()
                        && origin.startsWith(scheme)
                        && origin.endsWith(domain)
                        && NAMES.matcher(origin.substring(scheme.length(), origin.length() - domain.length()))
                                .matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The engine's check of the `Origin` of a handshake.
    Origins forSockets() {
        return isAny() ? Origins.any() : Origins.matching(this);
    }

    private static boolean isLocal(String origin) {
        try {
            var uri = new URI(origin);
            return uri.getHost() != null && LocalHostNames.isLocal(uri.getHost());
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
