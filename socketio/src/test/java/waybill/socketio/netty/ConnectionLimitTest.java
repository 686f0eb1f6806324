package waybill.socketio.netty;

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
import waybill.socketio.wire.RawClient;

/// A server with room for two connections. It has one event loop, so that a connection is closed before the next
/// one is opened.
class ConnectionLimitTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final SocketServer server = new SocketServer(
            Config.defaults().withEngine(engine -> engine.withLoops(1).withConnectionsMax(2)));
    private final List<RawClient> peers = new ArrayList<>();
    private final int port;

    ConnectionLimitTest() {
        server.of("/");
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterEach
    void stop() {
        peers.forEach(RawClient::close);
        server.close(Duration.ZERO);
    }

    private RawClient connect() {
        var peer = RawClient.connect(port);
        peers.add(peer);
        return peer;
    }

    private RawClient joined() {
        var peer = connect();
        assertThat(peer.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(peer.readFrame().text()).startsWith("0{");
        peer.sendText("40");
        assertThat(peer.readFrame().text()).startsWith("40{");
        return peer;
    }

    @Test
    void aConnectionOverTheLimitIsRejectedWithARetryDelay() {
        joined();
        joined();
        var polling = connect().get(POLLING);
        assertThat(polling.status()).isEqualTo(503);
        assertThat(polling.body()).matches("\\{\"code\":4,\"message\":\"Too many connections\",\"retryAfterMs\":\\d+}");
        assertThat(Integer.parseInt(polling.headers().get("retry-after"))).isBetween(5, 15);
        var webSocket = connect().upgrade(WEBSOCKET);
        assertThat(webSocket.status()).isEqualTo(503);
        assertThat(webSocket.headers()).containsKey("retry-after");
        assertThat(server.connectionCount()).isEqualTo(2);
    }

    @Test
    void aClosedConnectionFreesItsPlace() {
        joined();
        var leaving = joined();
        leaving.sendText("1");
        leaving.readCloseCode();
        joined();
        assertThat(connect().get(POLLING).status()).isEqualTo(503);
    }

    @Test
    void anUpgradeIsAdmittedAtTheLimit() {
        joined();
        var open = connect().get(POLLING).body();
        var sid = open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        var probe = connect();
        assertThat(probe.upgrade(WEBSOCKET + "&sid=" + sid).status()).isEqualTo(101);
        probe.sendText("2probe");
        assertThat(probe.readFrame().text()).isEqualTo("3probe");
        probe.sendText("5");
        probe.sendText("40");
        assertThat(probe.readFrame().text()).startsWith("40{");
    }
}
