package waybill.socketio.redis;

import java.net.URI;
import java.time.Duration;

/// How a node reaches Redis, and what it waits for. Immutable; each `with` gives a changed copy.
///
/// @param uri `redis://[user:password@]host:port`, or `rediss://` for TLS
/// @param key what all channels begin with; the same on all nodes
/// @param requestTimeout how long the answers of other nodes are waited for
/// @param ackTimeout how long the acks of sockets on other nodes are waited for
/// @param requestsMax how many requests to other nodes, and how many of theirs, may be unanswered at a time
/// @param publishesMax how many messages may be on their way to Redis; further ones are dropped
/// @param publishBytesMax how many bytes they may have together
/// @param reconnectDelayMax the longest time between two attempts to connect
public record RedisConfig(
        URI uri,
        String key,
        Duration requestTimeout,
        Duration ackTimeout,
        int requestsMax,
        int publishesMax,
        long publishBytesMax,
        Duration reconnectDelayMax) {

    private static final String KEY = "socket.io";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(60);
    private static final int REQUESTS_MAX = 10_000;
    private static final int PUBLISHES_MAX = 10_000;
    private static final long PUBLISH_BYTES_MAX = 32L * 1024 * 1024;
    private static final Duration RECONNECT_DELAY_MAX = Duration.ofSeconds(5);

    public RedisConfig {
        var scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw new IllegalArgumentException("uri: begins with '" + scheme + ":' (expected: redis:// or rediss://)");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("uri: no host (expected: redis://host:port)");
        }
    }

    public static RedisConfig of(URI uri) {
        return new RedisConfig(
                uri,
                KEY,
                REQUEST_TIMEOUT,
                ACK_TIMEOUT,
                REQUESTS_MAX,
                PUBLISHES_MAX,
                PUBLISH_BYTES_MAX,
                RECONNECT_DELAY_MAX);
    }

    public RedisConfig withKey(String value) {
        return new RedisConfig(
                uri, value, requestTimeout, ackTimeout, requestsMax, publishesMax, publishBytesMax, reconnectDelayMax);
    }

    public RedisConfig withRequestTimeout(Duration value) {
        return new RedisConfig(
                uri, key, value, ackTimeout, requestsMax, publishesMax, publishBytesMax, reconnectDelayMax);
    }

    public RedisConfig withAckTimeout(Duration value) {
        return new RedisConfig(
                uri, key, requestTimeout, value, requestsMax, publishesMax, publishBytesMax, reconnectDelayMax);
    }

    public RedisConfig withRequestsMax(int value) {
        return new RedisConfig(
                uri, key, requestTimeout, ackTimeout, value, publishesMax, publishBytesMax, reconnectDelayMax);
    }

    public RedisConfig withPublishesMax(int count, long bytes) {
        return new RedisConfig(uri, key, requestTimeout, ackTimeout, requestsMax, count, bytes, reconnectDelayMax);
    }

    public RedisConfig withReconnectDelayMax(Duration value) {
        return new RedisConfig(uri, key, requestTimeout, ackTimeout, requestsMax, publishesMax, publishBytesMax, value);
    }

    /// Where Redis is, without its password.
    public String address() {
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /// Without the password.
    @Override
    public String toString() {
        return "RedisConfig[" + address() + ", key " + key + "]";
    }
}
