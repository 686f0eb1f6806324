package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.socketio.wire.RawClient;

class RemoteAddressTest {

    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    @Test
    void theAddressOfAClientIsThatOfItsPeer() {
        assertThat(addressSeenBy(EngineConfig.defaults())).isEqualTo("127.0.0.1");
    }

    @Test
    void theApplicationMayResolveTheClientAddress() {
        var config = EngineConfig.defaults()
                .withRemoteAddress((channel, headers) -> RemoteAddress.peer(channel)
                        .filter(InetAddress::isLoopbackAddress)
                        .flatMap(_ -> last(headers.apply("x-forwarded-for"))));
        assertThat(addressSeenBy(config)).isEqualTo("203.0.113.7");
    }

    private static Optional<InetAddress> last(List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(values.getLast()));
    }

    private static String addressSeenBy(EngineConfig engine) {
        var server = new SocketServer(Config.defaults().withEngine(_ -> engine.withLoops(1)));
        server.of("/")
                .onConnection(
                        socket -> socket.emit("address", socket.handshake().address()));
        int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
        try (var peer = RawClient.openWebSocket(
                port, WEBSOCKET, "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.7")) {
            assertThat(peer.readFrame().text()).startsWith("0{");
            peer.sendText("40");
            assertThat(peer.readFrame().text()).startsWith("40{");
            return peer.readFrame().text().replaceFirst("^42\\[\"address\",\"(.*)\"]$", "$1");
        } finally {
            server.close(Duration.ZERO);
        }
    }
}
