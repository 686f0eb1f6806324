package waybill.server;

import java.net.URI;
import java.util.Optional;

/// The settings of what reaches the sockets of other nodes.
///
/// @param redis the address of a Redis, `redis://[user:password@]host:port`, or `rediss://` for TLS
public record ClusterConfig(Optional<URI> redis) {

    public ClusterConfig {
        redis.ifPresent(ClusterConfig::requireRedis);
    }

    /// The message has no part of the address, for it may hold a password.
    private static void requireRedis(URI address) {
        boolean known = "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
        if (!known || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "redis: another kind of address (expected: redis://host:port or rediss://host:port)");
        }
    }

    public static ClusterConfig defaults() {
        return new ClusterConfig(Optional.empty());
    }

    public ClusterConfig withRedis(Optional<URI> value) {
        return new ClusterConfig(value);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "ClusterConfig[redis=" + redis.map(URI::getHost).orElse("none") + "]";
    }
}
