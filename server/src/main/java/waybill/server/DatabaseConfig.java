package waybill.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where orders and messages are stored. Its text has no password.
///
/// @param url `postgresql://user:password@host:port/database`; without one they are in the data directory
/// @param password another password than that of the URL
public record DatabaseConfig(Optional<String> url, Optional<String> password) {

    public static DatabaseConfig defaults() {
        return new DatabaseConfig(Optional.empty(), Optional.empty());
    }

    /// Whether a URL holds a password.
    public static boolean hasPassword(String url) {
        try {
            var uri = new URI(url);
            var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            return authority
                            .substring(0, Math.max(0, authority.lastIndexOf('@')))
                            .contains(":")
                    || (uri.getRawQuery() != null && uri.getRawQuery().contains("password="));
        } catch (URISyntaxException _) {
            return url.contains("@"); // perhaps
        }
    }

    /// Whether other nodes may have opened it too.
    boolean isShared() {
        return url.isPresent();
    }

    @Override
    public String toString() {
        return url.isPresent() ? "a database of PostgreSQL" : "the data directory";
    }
}
