package waybill.socketio.netty;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds the address of the client that sends a request, as `waybill.socketio.RemoteAddress` promises.
@FunctionalInterface
public interface AddressSource {

    Optional<InetAddress> of(Channel channel, Function<String, List<String>> headers);

    /// The other end of the TCP connection; headers are ignored.
    static AddressSource ofPeer() {
        return (channel, _) -> peer(channel);
    }

    /// The other end of the TCP connection.
    static Optional<InetAddress> peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? Optional.ofNullable(address.getAddress())
                : Optional.empty();
    }
}
