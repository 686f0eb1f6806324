package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which web origins may connect, and the CORS headers that browsers get: what `waybill.socketio.Origins` promises.
public final class OriginPolicy {

    private final Predicate<String> allowed;
    private final boolean credentials;

    private OriginPolicy(Predicate<String> allowed, boolean credentials) {
        this.allowed = allowed;
        this.credentials = credentials;
    }

    /// Every origin, without cookies or other credentials.
    public static OriginPolicy any() {
        return new OriginPolicy(_ -> true, false);
    }

    /// These origins, with credentials; `https://example.org`, in full and without a slash at the end.
    public static OriginPolicy of(Set<String> origins) {
        return new OriginPolicy(Set.copyOf(origins)::contains, true);
    }

    /// OriginPolicy that pass a test, with credentials.
    public static OriginPolicy matching(Predicate<String> test) {
        return new OriginPolicy(test, true);
    }

    /// Whether an origin is the server itself, by the name that the request calls it.
    public static boolean isOwn(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            var uri = new URI(origin);
            var scheme = uri.getScheme();
            if (scheme == null || uri.getHost() == null) {
                return false;
            }
            boolean secure = scheme.equals("https") || scheme.equals("wss");
            if (!secure && !scheme.equals("http") && !scheme.equals("ws")) {
                return false;
            }
            var port = secure ? ":443" : ":80";
            return withPort(uri.getRawAuthority(), port).equals(withPort(host, port));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String withPort(String authority, String port) {
        var lower = authority.toLowerCase(Locale.ROOT);
        return lower.lastIndexOf(':') > lower.lastIndexOf(']') ? lower : lower + port;
    }

    boolean allows(HttpHeaders request) {
        var origin = request.get(HttpHeaderNames.ORIGIN);
        return origin == null || allowed.test(origin) || isOwn(origin, request.get(HttpHeaderNames.HOST));
    }

    void writeHeaders(HttpHeaders request, HttpHeaders response) {
        var origin = request.get(HttpHeaderNames.ORIGIN);
        if (origin == null || !allows(request)) {
            return;
        }
        response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, credentials ? origin : "*");
        if (credentials) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            response.set(HttpHeaderNames.VARY, "Origin");
        }
    }

    void writePreflightHeaders(HttpHeaders request, HttpHeaders response) {
        response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST,OPTIONS");
        response.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
        var requested = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (requested != null) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
    }
}
