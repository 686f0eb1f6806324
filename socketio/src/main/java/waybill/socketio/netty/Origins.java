package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which web origins may connect, and what browsers are told of it (CORS).
///
/// An allowed origin is reflected, never `*` together with credentials. A request without an `Origin` header does not
/// come from a page of another site and passes.
public final class Origins {

    private final Predicate<String> allowed;
    private final boolean credentials;

    private Origins(Predicate<String> allowed, boolean credentials) {
        this.allowed = allowed;
        this.credentials = credentials;
    }

    /// Every origin, without cookies or other credentials.
    public static Origins any() {
        return new Origins(_ -> true, false);
    }

    /// These origins, with credentials; `https://example.org`, in full and without a slash at the end.
    public static Origins of(Set<String> origins) {
        return new Origins(Set.copyOf(origins)::contains, true);
    }

    /// Origins that pass a test, with credentials.
    public static Origins matching(Predicate<String> test) {
        return new Origins(test, true);
    }

    boolean allows(@Nullable String origin) {
        return origin == null || allowed.test(origin);
    }

    void answer(@Nullable String origin, HttpHeaders headers) {
        if (origin == null || !allowed.test(origin)) {
            return;
        }
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, credentials ? origin : "*");
        if (credentials) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            headers.set(HttpHeaderNames.VARY, "Origin");
        }
    }

    void answerPreflight(@Nullable String requested, HttpHeaders headers) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST,OPTIONS");
        headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
        if (requested != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
    }
}
