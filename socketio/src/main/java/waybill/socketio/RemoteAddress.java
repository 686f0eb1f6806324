package waybill.socketio;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.socketio.netty.AddressSource;

/// The address of the client that sends a request: what the limits for each address count, and what
/// [Handshake#address] is. Asked once for each handshake, on the event loop of its connection; must not block.
@FunctionalInterface
public interface RemoteAddress {

    /// Finds the address of the client.
    ///
    /// @param channel the TCP connection, for its peer and for what a handler in front has learned of it
    /// @param headers the values of a request header by its name, case-insensitive; none where it was not sent
    /// @return empty where the connection has no IP address, such as one of a Unix socket
    Optional<InetAddress> of(Channel channel, Function<String, List<String>> headers);

    /// The other end of the TCP connection.
    static Optional<InetAddress> peer(Channel channel) {
        return AddressSource.peer(channel);
    }
}
