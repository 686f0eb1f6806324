package waybill.server.rest.http;

import org.jspecify.annotations.Nullable;

/// Which web pages may ask.
@FunctionalInterface
public interface AllowedOrigins {

    /// Whether a page of that origin may ask a hub that it calls by that `Host`.
    boolean allows(String origin, @Nullable String host);

    /// Whether any page may, then without cookies.
    default boolean isAny() {
        return false;
    }
}
