package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// A server with room for two connections. It has one event loop, so that who left is gone before the next one asks.
class AdmissionTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final SocketServer server = new SocketServer(
            Config.defaults().withEngine(engine -> engine.withLoops(1).withConnectionsMax(2)));
    private final List<Peer> peers = new ArrayList<>();
    private final int port;

    AdmissionTest() {
        server.of("/");
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterEach
    void stop() {
        peers.forEach(Peer::close);
        server.close(Duration.ZERO);
    }

    private Peer dial() {
        var peer = Peer.dial(port);
        peers.add(peer);
        return peer;
    }

    private Peer joined() {
        var peer = dial();
        assertThat(peer.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(peer.hear().text()).startsWith("0{");
        peer.text("40");
        assertThat(peer.hear().text()).startsWith("40{");
        return peer;
    }

    @Test
    void oneMoreThanThereIsRoomForIsAskedToComeLater() {
        joined();
        joined();
        var polling = dial().get(POLLING);
        assertThat(polling.status()).isEqualTo(503);
        assertThat(polling.body()).matches("\\{\"code\":4,\"message\":\"Too many connections\",\"retryAfterMs\":\\d+}");
        assertThat(Integer.parseInt(polling.headers().get("retry-after"))).isBetween(5, 15);
        var webSocket = dial().upgrade(WEBSOCKET);
        assertThat(webSocket.status()).isEqualTo(503);
        assertThat(webSocket.headers()).containsKey("retry-after");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void whoLeavesMakesRoom() {
        joined();
        var leaving = joined();
        leaving.text("1");
        leaving.closed();
        joined();
        assertThat(dial().get(POLLING).status()).isEqualTo(503);
    }

    @Test
    void whoIsInMayMoveToAWebSocketThoughAllIsFull() {
        joined();
        var open = dial().get(POLLING).body();
        var sid = open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        var probe = dial();
        assertThat(probe.upgrade(WEBSOCKET + "&sid=" + sid).status()).isEqualTo(101);
        probe.text("2probe");
        assertThat(probe.hear().text()).isEqualTo("3probe");
        probe.text("5");
        probe.text("40");
        assertThat(probe.hear().text()).startsWith("40{");
    }
}
