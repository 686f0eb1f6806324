package waybill.server.rest.http;

import org.jspecify.annotations.Nullable;

/// The allowed origins of web pages.
@FunctionalInterface
public interface AllowedOrigins {

    /// Whether a page of that origin may send requests to a hub that it calls by that `Host`.
    boolean allows(String origin, @Nullable String host);

    /// Whether any page is allowed, then without cookies.
    default boolean isAny() {
        return false;
    }
}
