package waybill.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where orders, messages and tracks are stored. Its text has no password.
///
/// @param url `postgresql://user:password@host:port/database`; without one they are in the data directory
/// @param password another password than that of the URL
/// @param tracks where the positions of drivers are
public record DatabaseConfig(Optional<String> url, Optional<String> password, TrackConfig tracks) {

    public DatabaseConfig {
        if (url.isEmpty() && tracks.place().equals(Optional.of(TrackConfig.Place.POSTGRESQL))) {
            throw new IllegalArgumentException(
                    "tracks: postgresql without a database (expected: sqlite, or --database)");
        }
    }

    /// Tracks are beside the orders.
    public DatabaseConfig(Optional<String> url, Optional<String> password) {
        this(url, password, TrackConfig.defaults());
    }

    public static DatabaseConfig defaults() {
        return new DatabaseConfig(Optional.empty(), Optional.empty());
    }

    public DatabaseConfig withTracks(TrackConfig value) {
        return new DatabaseConfig(url, password, value);
    }

    /// Where positions are read from.
    TrackConfig.Place trackPlace() {
        return tracks.place().orElse(isShared() ? TrackConfig.Place.POSTGRESQL : TrackConfig.Place.SQLITE);
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
