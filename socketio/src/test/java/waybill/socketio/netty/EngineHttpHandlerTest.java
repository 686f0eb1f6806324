package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.socketio.Config;
import waybill.socketio.ConnectionError;
import waybill.socketio.SocketServer;
import waybill.socketio.wire.RawClient;

/// Where HTTP ends: requests that are none, clients that do not read, connections that are kept or closed.
class EngineHttpHandlerTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final ConcurrentLinkedQueue<ConnectionError> errors = new ConcurrentLinkedQueue<>();
    private final SocketServer server = new SocketServer(Config.defaults()
            .withEngine(engine -> engine.withLoops(1)
                    .withRequestTimeout(Duration.ofSeconds(2))
                    .withOnConnectionError(errors::add)));
    private final List<RawClient> peers = new ArrayList<>();
    private final int port;

    EngineHttpHandlerTest() {
        server.of("/").on("say", (socket, args, _) -> socket.emit("said", args.toArray()));
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterEach
    void stop() {
        peers.forEach(RawClient::close);
        server.close(Duration.ZERO);
    }

    private RawClient add(RawClient peer) {
        peers.add(peer);
        return peer;
    }

    private RawClient connect() {
        return add(RawClient.connect(port));
    }

    private RawClient joined(RawClient peer) {
        assertThat(peer.upgrade(WEBSOCKET).status()).isEqualTo(101);
        assertThat(peer.readFrame().text()).startsWith("0{");
        peer.sendText("40");
        assertThat(peer.readFrame().text()).startsWith("40{");
        return peer;
    }

    @Test
    void aMissingForwardedBodyTimesOut() {
        var half = connect();
        half.write("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
        var chunked = connect();
        chunked.write("POST /other HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        var second = connect();
        assertThat(second.get("/other").status()).isEqualTo(404);
        second.write("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
        half.awaitEnd();
        chunked.awaitEnd();
        second.awaitEnd();
    }

    @Test
    void aMissingHeadTimesOutSooner() {
        var peer = connect();
        assertThat(peer.get(POLLING).status()).isEqualTo(200);
        peer.write("GET " + POLLING + " HT");
        peer.awaitEnd();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nX-Long: *30000\r\n\r\n', 431",
        "'GET /socket.io/?EIO=4&transport=polling&x=*30000 HTTP/1.1\r\nHost: a\r\n\r\n', 414",
        "'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', 400",
        "'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400",
        "'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nContent-Length: -3\r\n\r\n', 400",
        "'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nContent-Length: x\r\n\r\n', 400",
        "'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400",
        "'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nBad Header: a\r\n\r\n', 400"
    })
    void aMalformedRequestIsAnsweredAndTheConnectionClosed(String request, int status) {
        var peer = connect();
        peer.write(request.replaceFirst("\\*30000", "x".repeat(30_000)));
        var answer = peer.readResponse();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("connection")).isEqualTo("close");
        peer.awaitEnd();
        assertThat(errors).allSatisfy(error -> {
            assertThat(error.reason()).isEqualTo(ConnectionError.Reason.BAD_REQUEST);
            assertThat(error.address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void aRejectedRequestThatWasReadKeepsItsConnection() {
        var peer = connect();
        assertThat(peer.post(POLLING + "&sid=unknown", "4".repeat(100_000)).status())
                .isEqualTo(400);
        assertThat(peer.get(POLLING).status()).isEqualTo(200);
    }

    @Test
    void aTokenOfSixteenKilobytesFitsIntoTheRequestLineAndIntoAHeader() {
        var token = "t".repeat(16_384);
        assertThat(connect().get(POLLING + "&token=" + token).status()).isEqualTo(200);
        assertThat(connect().get(POLLING, "Authorization: Bearer " + token).status())
                .isEqualTo(200);
    }

    @Test
    void aKeepAliveConnectionStatesItsTimeout() {
        assertThat(connect().get(POLLING).headers().get("keep-alive")).isEqualTo("timeout=75");
        assertThat(connect().get(POLLING, "Connection: close").headers()).doesNotContainKey("keep-alive");
    }

    @Test
    void anHttp10ConnectionIsKeptOnRequest() {
        var peer = connect();
        peer.write("GET " + POLLING + " HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
        assertThat(peer.readResponse().headers().get("connection")).isEqualTo("keep-alive");
        peer.write("GET " + POLLING + " HTTP/1.0\r\nHost: a\r\n\r\n");
        assertThat(peer.readResponse().status()).isEqualTo(200);
        peer.awaitEnd();
    }

    @Test
    void anAbsoluteFormRequestIsAccepted() {
        var peer = connect();
        peer.write("GET http://hub.example" + POLLING + " HTTP/1.1\r\nHost: hub.example\r\n\r\n");
        assertThat(peer.readResponse().body()).startsWith("0{");
    }

    @Test
    void aWebSocketUpgradeBesidesHttp2IsAccepted() {
        var peer = connect();
        peer.write("GET " + WEBSOCKET + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c, websocket\r\nHTTP2-Settings: AAMAAABk\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertThat(peer.readResponse().status()).isEqualTo(101);
        assertThat(peer.readFrame().text()).startsWith("0{");
    }

    @Test
    void aMalformedWebSocketRequestIsAnswered() {
        var peer = connect();
        peer.write("GET " + WEBSOCKET + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n");
        assertThat(peer.readResponse().status()).isEqualTo(400);
    }

    @Test
    void aFrameThatBreaksTheProtocolIsReported() {
        var peer = joined(connect());
        peer.sendFrame(0x81, "4".getBytes(StandardCharsets.US_ASCII), false);
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.reason()).isEqualTo(ConnectionError.Reason.PROTOCOL_ERROR));
    }

    @Test
    void aPacketThatBreaksTheProtocolIsReportedInOneShortLine() {
        var peer = joined(connect());
        peer.sendText("42/made\nup" + "x".repeat(240) + ",[\"a\"]");
        peer.readCloseCode();
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.reason()).isEqualTo(ConnectionError.Reason.PROTOCOL_ERROR);
            assertThat(error.message()).hasSize(ConnectionError.MESSAGE_MAX).doesNotContain("\n");
        });
    }
}
