package waybill.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings of HTTP and WebSocket. 0 turns a limit off.
///
/// @param socketPath the path of Socket.IO, with a slash at both ends
/// @param requestTimeout how long a request may take to arrive, and how long a client may read nothing of a
///     response
/// @param keepAlive how long a connection may wait for its next request; longer than the timeout of a proxy in
///     front
/// @param compressFrom the size in bytes from which messages are compressed, for clients that support it; 0 for
///     none
/// @param connectionsPerAddressPerMinute Socket.IO connections that may begin from one address, and at once
/// @param connectionsPerAddress Socket.IO connections that one address may have open
/// @param basemap the file of the map behind the drivers; without one they move on an empty ground
/// @param port the settings of the port itself
public record WebSettings(
        String socketPath,
        Duration requestTimeout,
        Duration keepAlive,
        int compressFrom,
        int connectionsPerAddressPerMinute,
        int connectionsPerAddress,
        Optional<Path> basemap,
        PortSettings port) {

    /// A shorter message gains nothing: it fits into one packet of the network.
    public static final int COMPRESS_FROM = 1_024;

    public static final String SOCKET_PATH = "/socket.io/";

    /// Paths that the hub needs for itself, or that a router would read as something else.
    private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9][A-Za-z0-9._~-]*/)+");

    private static final Pattern RESERVED =
            Pattern.compile("/(?:admin-ui|api|assets|dashboard|orders|health|metrics|t|ingest)/.*");

    public WebSettings {
        if (!PATH.matcher(socketPath).matches() || RESERVED.matcher(socketPath).matches()) {
            throw new IllegalArgumentException("socketPath: " + socketPath
                    + " (expected: a path of letters and digits between slashes, such as " + SOCKET_PATH
                    + ", and none of the REST API's)");
        }
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
        return new WebSettings(
                SOCKET_PATH,
                Duration.ofSeconds(30),
                Duration.ofSeconds(75),
                0,
                1_200,
                10_000,
                Optional.empty(),
                PortSettings.defaults());
    }

    /// A slash at either end may be left out.
    public WebSettings withSocketPath(String value) {
        return new WebSettings(
                (value.startsWith("/") ? "" : "/") + value + (value.endsWith("/") ? "" : "/"),
                requestTimeout,
                keepAlive,
                compressFrom,
                connectionsPerAddressPerMinute,
                connectionsPerAddress,
                basemap,
                port);
    }

    public WebSettings withRequestTimeout(Duration value) {
        return new WebSettings(
                socketPath,
                value,
                keepAlive,
                compressFrom,
                connectionsPerAddressPerMinute,
                connectionsPerAddress,
                basemap,
                port);
    }

    public WebSettings withKeepAlive(Duration value) {
        return new WebSettings(
                socketPath,
                requestTimeout,
                value,
                compressFrom,
                connectionsPerAddressPerMinute,
                connectionsPerAddress,
                basemap,
                port);
    }

    public WebSettings withCompressFrom(int bytes) {
        return new WebSettings(
                socketPath,
                requestTimeout,
                keepAlive,
                bytes,
                connectionsPerAddressPerMinute,
                connectionsPerAddress,
                basemap,
                port);
    }

    public WebSettings withConnections(int perAddressPerMinute, int perAddress) {
        return new WebSettings(
                socketPath, requestTimeout, keepAlive, compressFrom, perAddressPerMinute, perAddress, basemap, port);
    }

    /// A copy with the map of a GeoJSON file, or without one.
    public WebSettings withBasemap(Optional<Path> value) {
        return new WebSettings(
                socketPath,
                requestTimeout,
                keepAlive,
                compressFrom,
                connectionsPerAddressPerMinute,
                connectionsPerAddress,
                value,
                port);
    }

    public WebSettings withPort(PortSettings value) {
        return new WebSettings(
                socketPath,
                requestTimeout,
                keepAlive,
                compressFrom,
                connectionsPerAddressPerMinute,
                connectionsPerAddress,
                basemap,
                value);
    }
}
