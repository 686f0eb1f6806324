package waybill.server;

import java.time.Duration;

/// The settings of HTTP and WebSocket. 0 turns a limit off.
///
/// @param requestTimeout how long a request may take to arrive, and how long a client may read nothing of a
///     response
/// @param keepAlive how long a connection may wait for its next request; longer than the timeout of a proxy in
///     front
/// @param compressFrom the size in bytes from which messages are compressed, for clients that support it; 0 for
///     none
/// @param connectionsPerAddressPerMinute Socket.IO connections that may begin from one address, and at once
/// @param connectionsPerAddress Socket.IO connections that one address may have open
public record WebSettings(
        Duration requestTimeout,
        Duration keepAlive,
        int compressFrom,
        int connectionsPerAddressPerMinute,
        int connectionsPerAddress) {

    /// A shorter message gains nothing: it fits into one packet of the network.
    public static final int COMPRESS_FROM = 1_024;

    public WebSettings {
        if (!requestTimeout.isPositive() || !keepAlive.isPositive()) {
            throw new IllegalArgumentException("requestTimeout, keepAlive: " + requestTimeout + ", " + keepAlive
                    + " (expected: more than nothing)");
        }
        if (compressFrom < 0 || connectionsPerAddressPerMinute < 0 || connectionsPerAddress < 0) {
            throw new IllegalArgumentException(
                    "compressFrom, connectionsPerAddressPerMinute, connectionsPerAddress: " + compressFrom + ", "
                            + connectionsPerAddressPerMinute + ", " + connectionsPerAddress
                            + " (expected: 0 for none or no limit, or more)");
        }
    }

    public static WebSettings defaults() {
        return new WebSettings(Duration.ofSeconds(30), Duration.ofSeconds(75), 0, 1_200, 10_000);
    }

    public WebSettings withRequestTimeout(Duration value) {
        return new WebSettings(value, keepAlive, compressFrom, connectionsPerAddressPerMinute, connectionsPerAddress);
    }

    public WebSettings withKeepAlive(Duration value) {
        return new WebSettings(
                requestTimeout, value, compressFrom, connectionsPerAddressPerMinute, connectionsPerAddress);
    }

    public WebSettings withCompressFrom(int bytes) {
        return new WebSettings(requestTimeout, keepAlive, bytes, connectionsPerAddressPerMinute, connectionsPerAddress);
    }

    public WebSettings withConnections(int perAddressPerMinute, int perAddress) {
        return new WebSettings(requestTimeout, keepAlive, compressFrom, perAddressPerMinute, perAddress);
    }
}
