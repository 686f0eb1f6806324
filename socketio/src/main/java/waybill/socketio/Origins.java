package waybill.socketio;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.socketio.netty.OriginPolicy;

/// Which web origins may connect, and the CORS headers that browsers get.
///
/// An allowed origin is reflected, never `*` together with credentials. A request without an `Origin` header does
/// not come from a page of another site and passes; so does one whose `Origin` is the server's own name
/// ([#isOwn]).
public final class Origins {

    private final OriginPolicy policy;

    private Origins(OriginPolicy policy) {
        this.policy = policy;
    }

    /// Every origin, without cookies or other credentials.
    public static Origins any() {
        return new Origins(OriginPolicy.any());
    }

    /// These origins, with credentials; `https://example.org`, in full and without a slash at the end.
    public static Origins of(Set<String> origins) {
        return new Origins(OriginPolicy.of(origins));
    }

    /// Origins that pass a test, with credentials.
    public static Origins matching(Predicate<String> test) {
        return new Origins(OriginPolicy.matching(test));
    }

    /// Whether an origin is the server itself, by the name that the request calls it: the same host and port.
    /// Pages that the server delivers have it, and React Native sends it. The scheme is not compared, since a
    /// proxy in front may terminate TLS for the server.
    public static boolean isOwn(String origin, @Nullable String host) {
        return OriginPolicy.isOwn(origin, host);
    }

    OriginPolicy policy() {
        return policy;
    }
}
